import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import type {
  ClientActionFunctionArgs,
  ClientLoaderFunctionArgs,
  ShouldRevalidateFunctionArgs,
} from "@remix-run/react";
import { useHref, useLoaderData } from "@remix-run/react";
import { answerAdmin } from "../features/admin/voting-actions.ts";
import { VotingControls } from "../features/admin/voting-controls.tsx";
import { HeldNotice } from "../features/moderation/held-notice.tsx";
import { BegunNotice } from "../features/setlists/begun-notice.tsx";
import { useLiveSetlists } from "../features/setlists/live-setlists.ts";
import { ConcealedSetlist, WhatTheyPlayed } from "../features/setlists/what-they-played.tsx";
import { forModerators } from "../features/moderation/moderator-link.tsx";
import { RecorderLink } from "../features/recording/recorder-link.tsx";
import { refresh, useKept } from "../features/shows/kept-page.ts";
import { ShowHeader } from "../features/shows/show-header.tsx";
import { describeShow, titleOfShow } from "../features/shows/show-words.ts";
import { Sources } from "../features/shows/sources.tsx";
import { Unvoted, isUnvoted } from "../features/shows/unvoted.tsx";
import { head } from "../features/site/head.ts";
import { answerCall } from "../features/voting/call-actions.ts";
import { askedCall } from "../features/voting/call-answer.ts";
import { isConcealed } from "../features/spoilers/spoiler-cookie.ts";
import { withoutReasons } from "../features/spoilers/without-reasons.ts";
import { lostAnswer } from "../features/voting/lost-answer.ts";
import { type AddAnswer, answerSuggestion, answerVote } from "../features/voting/vote-actions.ts";
import { askedVote, changesBallot } from "../features/voting/vote-answer.ts";
import { VotingFloor } from "../features/voting/voting-floor.tsx";
import { toErrorResponse } from "../http/errors.ts";
import { queried, text } from "../http/form.ts";
import { movedTo } from "../http/moved.ts";

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  if (!data) return [];
  return head(titleOfShow(data.page, data.now), describeShow(data.page));
};

export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const { api, now, actor } = context;
  const query = queried(request, "add") ?? null;
  try {
    const page = await api.shows.get({ show: params.slug ?? "" });
    const moved = movedTo({ request, context }, params.slug, page.show.slug);
    if (moved) return moved;
    context.ofShow({ id: page.show.id, closesAt: page.voting.closesAt });
    const hidden = await isConcealed(request, page, now);
    const search = { artist: page.artist.id, show: page.show.id };
    const found = query === null ? null : (await api.songs.search({ ...search, query })).items;
    const concealed = hidden && page.setlists.some(({ sets }) => sets.length > 0);
    const told = hidden ? { ...page, ballot: withoutReasons(page.ballot), setlists: concealed ? [] : page.setlists } : page;
    return { page: told, query, found, now, admin: actor?.role === "admin", concealed, hidden, ...forModerators(actor) };
  } catch (error) {
    throw toErrorResponse(error, { request, context });
  }
}

export async function action({ params, request, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const asked = { request, context, form, slug: params.slug ?? "" };
  const vote = askedVote(form);
  if (vote) return answerVote(vote, asked);
  const call = askedCall(form);
  if (call) return answerCall(call, asked);
  const intent = text(form, "intent");
  if (intent === "suggest") return answerSuggestion(asked);
  return answerAdmin(intent, asked);
}

/** The live stream asks for a refresh at any moment; losing the network then must not lose the page. */
export function clientLoader({ request, serverLoader }: ClientLoaderFunctionArgs) {
  return refresh(new URL(request.url), () => serverLoader<typeof loader>());
}

/** A vote that cannot be sent is rolled back with a word why; it must not replace the page. */
export async function clientAction({ request, serverAction }: ClientActionFunctionArgs) {
  const form = await request.clone().formData();
  try {
    return await serverAction<typeof action>();
  } catch (error) {
    if (error instanceof Response || !changesBallot(form)) throw error;
    return lostAnswer(form, error);
  }
}

export function shouldRevalidate(change: ShouldRevalidateFunctionArgs): boolean {
  const { formData } = change;
  const refused = (change.actionResult as AddAnswer | undefined)?.ok === false;
  if (!formData) return change.defaultShouldRevalidate;
  // A vote's answer says all.
  const unchanged = askedVote(formData) !== null || (changesBallot(formData) && refused);
  return unchanged ? false : change.defaultShouldRevalidate;
}

export default function ShowRoute() {
  const data = useLoaderData<typeof loader>();
  const { page, query, found, now, admin, hidden } = data;
  const [setlists, hear] = useLiveSetlists(page);
  const moderator = "moderator" in data;
  useKept(useHref(`/shows/${page.show.slug}`), data);
  return (
    <>
      <ShowHeader page={page} now={now} />
      {page.held ? <HeldNotice /> : null}
      {hidden ? null : <BegunNotice slug={page.show.slug} setlists={setlists} />}
      {data.concealed ? <ConcealedSetlist showId={page.show.id} slug={page.show.slug} /> : <WhatTheyPlayed setlists={setlists} slug={page.show.slug} />}
      {moderator ? <RecorderLink slug={page.show.slug} written={setlists.some(({ provider }) => provider === null)} /> : null}
      {isUnvoted(page, now) ? (
        setlists.length === 0 && !data.concealed && <Unvoted status={page.show.status} />
      ) : (
        <VotingFloor key={page.show.id} page={page} query={query} found={found} now={now} onSetlist={hidden ? undefined : hear}>
          {admin ? <VotingControls page={page} /> : null}
        </VotingFloor>
      )}
      <Sources sources={page.sources} />
    </>
  );
}
