import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import type { ClientLoaderFunctionArgs, ShouldRevalidateFunctionArgs } from "@remix-run/react";
import { useHref, useLoaderData } from "@remix-run/react";
import { ConcealedResults } from "../features/results/concealed-results.tsx";
import { concealed, isPlayed } from "../features/results/live-results.ts";
import { describeResults, titleOfResults } from "../features/results/result-words.ts";
import { ResultsFloor } from "../features/results/results-floor.tsx";
import { refresh, useKept } from "../features/shows/kept-page.ts";
import { Sources } from "../features/shows/sources.tsx";
import { head } from "../features/site/head.ts";
import { isConcealed } from "../features/spoilers/spoiler-cookie.ts";
import { toErrorResponse } from "../http/errors.ts";
import { movedTo } from "../http/moved.ts";

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  if (!data) return [];
  const { page, now, canonical } = data;
  return [...head(titleOfResults(page, now), describeResults(page)), { tagName: "link", rel: "canonical", href: canonical }];
};

export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const { api, now, basePath } = context;
  try {
    const page = await api.results.get({ show: params.slug ?? "" });
    const moved = movedTo({ request, context }, params.slug, page.show.slug);
    if (moved) return moved;
    context.ofShow({ id: page.show.id, closesAt: page.voting.closesAt });
    const hidden = await isConcealed(request, page, now);
    return { page: hidden ? concealed(page) : page, hidden, covered: hidden && isPlayed(page), now, canonical: `${basePath}/shows/${page.show.slug}/results` };
  } catch (error) {
    throw toErrorResponse(error, { request, context });
  }
}

/** The live stream asks for a refresh at any moment; losing the network then must not lose the page. */
export function clientLoader({ request, serverLoader }: ClientLoaderFunctionArgs) {
  return refresh(new URL(request.url), () => serverLoader<typeof loader>());
}

/** Another list of the same page is there already. */
export function shouldRevalidate({ currentUrl, nextUrl, formData, defaultShouldRevalidate }: ShouldRevalidateFunctionArgs): boolean {
  const onlyList = !formData && currentUrl.pathname === nextUrl.pathname && currentUrl.search !== nextUrl.search;
  return onlyList ? false : defaultShouldRevalidate;
}

export default function ResultsRoute() {
  const data = useLoaderData<typeof loader>();
  const { page, hidden, covered, now } = data;
  useKept(useHref(`/shows/${page.show.slug}/results`), data);
  return (
    <>
      {covered ? <ConcealedResults page={page} now={now} /> : <ResultsFloor key={page.show.id} page={page} now={now} hidden={hidden} />}
      <Sources sources={page.sources} />
    </>
  );
}
