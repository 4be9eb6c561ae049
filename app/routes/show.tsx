import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import type { ClientActionFunctionArgs, ShouldRevalidateFunctionArgs } from "@remix-run/react";
import { useLoaderData } from "@remix-run/react";
import { answerAdmin } from "../features/admin/voting-actions.ts";
import { VotingControls } from "../features/admin/voting-controls.tsx";
import { ShowHeader } from "../features/shows/show-header.tsx";
import { showWhen } from "../features/shows/when.ts";
import { head } from "../features/site/head.ts";
import { lostAnswer } from "../features/voting/lost-answer.ts";
import { answerSuggestion, answerVote } from "../features/voting/vote-actions.ts";
import { isVote } from "../features/voting/vote-answer.ts";
import { VotingFloor } from "../features/voting/voting-floor.tsx";
import { toErrorResponse } from "../http/errors.ts";
import { queried, text } from "../http/form.ts";

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  if (!data) return [];
  const { artist, venue, show } = data.page;
  const when = showWhen({ ...show, venue }, data.now);
  const title = `${artist.name} at ${venue.name}, ${when}`;
  return head(
    title,
    `Vote for the songs ${artist.name} will play in ${venue.city} and watch the tally move live.`,
  );
};

export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const { api, now, actor } = context;
  const query = queried(request, "add") ?? null;
  try {
    const page = await api.shows.get({ show: params.slug ?? "" });
    const search = { artist: page.artist.id, show: page.show.id };
    const found = query === null ? null : (await api.songs.search({ ...search, query })).items;
    return { page, query, found, now, admin: actor?.role === "admin" };
  } catch (error) {
    throw toErrorResponse(error, request);
  }
}

export async function action({ params, request, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const asked = { api: context.api, request, form, slug: params.slug ?? "" };
  const intent = text(form, "intent");
  if (intent === "vote" || intent === "retract") return answerVote(intent, asked);
  if (intent === "suggest") return answerSuggestion(asked);
  return answerAdmin(intent, asked);
}

/** A vote that cannot be sent is rolled back with a word why; it must not replace the page. */
export async function clientAction({ request, serverAction }: ClientActionFunctionArgs) {
  const form = await request.clone().formData();
  try {
    return await serverAction<typeof action>();
  } catch (error) {
    if (error instanceof Response || !isVote(form)) throw error;
    return lostAnswer(form, error);
  }
}

export function shouldRevalidate({
  formData,
  defaultShouldRevalidate,
}: ShouldRevalidateFunctionArgs): boolean {
  return isVote(formData) ? false : defaultShouldRevalidate;
}

export default function ShowRoute() {
  const { page, query, found, now, admin } = useLoaderData<typeof loader>();
  return (
    <>
      <ShowHeader page={page} now={now} />
      <VotingFloor key={page.show.id} page={page} query={query} found={found} now={now}>
        {admin ? <VotingControls page={page} /> : null}
      </VotingFloor>
    </>
  );
}
