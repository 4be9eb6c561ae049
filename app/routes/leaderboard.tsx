import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BoardPage } from "../features/leaderboards/board-page.tsx";
import { boardTitle } from "../features/leaderboards/board-words.ts";
import { head } from "../features/site/head.ts";
import { toErrorResponse } from "../http/errors.ts";
import { queried } from "../http/form.ts";

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data ? head(boardTitle(data.board), "Fans by how well they call setlists.") : [];

export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const { api, actor } = context;
  const cursor = queried(request, "cursor");
  try {
    const choice = params.year === undefined ? { board: "all" as const } : { board: "year" as const, year: Number(params.year) };
    const [board, boards] = await Promise.all([api.leaderboards.list({ ...choice, cursor }), api.leaderboards.boards({})]);
    return { board, boards, signedIn: actor !== null };
  } catch (error) {
    throw toErrorResponse(error, { request, context });
  }
}

export default function LeaderboardRoute() {
  return <BoardPage {...useLoaderData<typeof loader>()} />;
}
