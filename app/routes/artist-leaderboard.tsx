import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BoardPage } from "../features/leaderboards/board-page.tsx";
import { boardTitle } from "../features/leaderboards/board-words.ts";
import { head } from "../features/site/head.ts";
import { toErrorResponse } from "../http/errors.ts";
import { queried } from "../http/form.ts";
import { movedTo } from "../http/moved.ts";

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data ? head(boardTitle(data.board), `Fans by how well they call the setlists of ${data.board.artist?.name ?? "an artist"}.`) : [];

export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const { api, actor } = context;
  const artist = params.slug ?? "";
  const [cursor, tour] = [queried(request, "cursor"), queried(request, "tour")];
  try {
    const choice = tour === undefined ? { board: "artist" as const, artist } : { board: "tour" as const, artist, tour };
    const [board, boards] = await Promise.all([api.leaderboards.list({ ...choice, cursor }), api.leaderboards.boards({ artist })]);
    return movedTo({ request, context }, artist, board.artist!.slug) ?? { board, boards, signedIn: actor !== null };
  } catch (error) {
    throw toErrorResponse(error, { request, context });
  }
}

export default function ArtistLeaderboardRoute() {
  return <BoardPage {...useLoaderData<typeof loader>()} />;
}
