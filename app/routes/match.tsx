import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import type { ShouldRevalidateFunctionArgs } from "@remix-run/react";
import { Link, useActionData, useLoaderData, useSearchParams } from "@remix-run/react";
import { answerMatch, readDid, type DeskAnswer } from "../features/matching/match-actions.ts";
import { MatchDesk } from "../features/matching/match-desk.tsx";
import { KIND_WORDS, kindOf, listPath } from "../features/matching/match-words.ts";
import { head } from "../features/site/head.ts";
import { toErrorResponse } from "../http/errors.ts";
import { idOf } from "../http/id-in-path.ts";
import { queried } from "../http/form.ts";

export const meta: MetaFunction<typeof loader> = () => head("One or two?", "Two records that may be of one artist, venue, show or song.");

export async function loader({ params, request, context }: LoaderFunctionArgs): Promise<DeskAnswer> {
  const { api } = context;
  const id = idOf(params);
  try {
    const page = await api.matching.get({ id, kind: kindOf(queried(request, "kind")) });
    return { page, did: await readDid(api, request), problem: null };
  } catch (error) {
    throw toErrorResponse(error, { request, context });
  }
}

export function action({ params, request, context }: ActionFunctionArgs) {
  return answerMatch({ request, context }, idOf(params));
}

/** The answer to a decision holds all that has changed. */
export function shouldRevalidate({ formData, defaultShouldRevalidate }: ShouldRevalidateFunctionArgs): boolean {
  return formData?.get("quick") === "yes" ? false : defaultShouldRevalidate;
}

export default function MatchRoute() {
  const loaded = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const [params] = useSearchParams();
  const kind = kindOf(params.get("kind"));
  const problem = refused && "problem" in refused ? refused.problem : null;
  return (
    <>
      <nav aria-label="Back" className="mb-2">
        <Link to={listPath("review", kind)} className="pen-link inline-flex min-h-11 items-center">
          {kind ? KIND_WORDS[kind] : "All matches"}
        </Link>
      </nav>
      <MatchDesk loaded={problem ? { ...loaded, problem } : loaded} kind={kind} />
    </>
  );
}
