import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import type { ClientActionFunctionArgs, ShouldRevalidateFunctionArgs } from "@remix-run/react";
import { Link, useActionData, useHref, useLoaderData } from "@remix-run/react";
import type { DraftLine } from "#server/domain/setlists/draft.ts";
import { closedWords } from "../features/recording/recording-words.ts";
import { answerForm, answerSave } from "../features/recording/recording-actions.ts";
import { Recorder } from "../features/recording/recorder.tsx";
import { lostSave, savesSetlist, type SaveAnswer } from "../features/recording/saved.ts";
import { showWhen } from "../features/shows/when.ts";
import { head } from "../features/site/head.ts";
import { toErrorResponse } from "../http/errors.ts";
import { queried } from "../http/form.ts";
import { movedTo } from "../http/moved.ts";
import { Notice } from "../ui/notice.tsx";

export const meta: MetaFunction<typeof loader> = ({ data }) => (data ? head(`Setlist of ${data.page.artist.name}`, "What was played, written down.") : []);

export async function loader({ params, request, context }: LoaderFunctionArgs) {
  try {
    const page = await context.api.setlists.recording({ show: params.slug ?? "" });
    const moved = movedTo({ request, context }, params.slug, page.show.slug);
    return moved ?? { page, now: context.now, removed: removedBy(request) };
  } catch (error) {
    throw toErrorResponse(error, { request, context });
  }
}

export async function action({ params, request, context }: ActionFunctionArgs) {
  const asked = { request, context, slug: params.slug ?? "" };
  return savesSetlist(request) ? answerSave(asked) : answerForm({ ...asked, form: await request.formData() });
}

/** A change that can't be sent stays on the page, which tries again. */
export async function clientAction({ request, serverAction }: ClientActionFunctionArgs) {
  try {
    return await serverAction<typeof action>();
  } catch (error) {
    if (error instanceof Response || !savesSetlist(request)) throw error;
    return lostSave(error);
  }
}

/** The answer to a save holds all that has changed; where a form was too late, the page shows what is there now. */
export function shouldRevalidate({ json, actionStatus, defaultShouldRevalidate }: ShouldRevalidateFunctionArgs): boolean {
  if (json !== undefined) return false;
  return actionStatus === 409 || defaultShouldRevalidate;
}

/** What a plain form has removed, by the address that it led to. */
function removedBy(request: Request): { at: number; line: DraftLine } | null {
  try {
    const at = Number(queried(request, "removed") ?? Number.NaN);
    const line = JSON.parse(queried(request, "line") ?? "") as DraftLine;
    const isLine = line.kind === "set" || (line.kind === "song" && typeof line.title === "string");
    return Number.isSafeInteger(at) && isLine ? { at, line } : null;
  } catch {
    return null;
  }
}

export default function ShowSetlistRoute() {
  const { page, now, removed } = useLoaderData<typeof loader>();
  const refused = useActionData<SaveAnswer>();
  const action = useHref(`/shows/${page.show.slug}/setlist`);
  const closed = closedWords(page);
  const refusal = refused?.ok === false ? refused : null;
  const problem = refusal && !refusal.lines ? refusal.message : null;
  return (
    <>
      <nav aria-label="Back" className="mb-2">
        <Link to={`/shows/${page.show.slug}`} className="pen-link inline-flex min-h-11 items-center">
          The show
        </Link>
      </nav>
      <header className="mb-6">
        <h1 dir="auto" className="wrap-title text-start text-3xl leading-tight font-extrabold tracking-tight sm:text-4xl">
          What <bdi>{page.artist.name}</bdi> played
        </h1>
        <p className="wrap-title mt-1 text-lg text-soft">
          <bdi>{page.venue.name}</bdi>, {showWhen({ ...page.show, venue: page.venue }, now)}
        </p>
      </header>
      {problem ? (
        <div className="mb-4">
          <Notice tone="danger" alert>
            {problem}
          </Notice>
        </div>
      ) : null}
      {closed === null ? (
        <Recorder key={page.recorded?.setlist.version ?? "new"} page={page} action={action} removed={removed} refusal={refusal} />
      ) : (
        <Notice>{closed}</Notice>
      )}
    </>
  );
}
