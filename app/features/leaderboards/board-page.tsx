import type { BoardList, Leaderboard } from "../../http/answers.ts";
import { MoreLink } from "../../ui/more-link.tsx";
import { Empty, PageHeading } from "../../ui/section.tsx";
import { BoardNav } from "./board-nav.tsx";
import { BoardStanding } from "./board-standing.tsx";
import { BoardTable } from "./board-table.tsx";
import { boardTitle } from "./board-words.ts";

interface BoardPageProps {
  board: Leaderboard;
  boards: BoardList;
  signedIn: boolean;
}

/** One leaderboard with the way to the others. */
export function BoardPage({ board, boards, signedIn }: BoardPageProps) {
  const title = boardTitle(board);
  return (
    <>
      <PageHeading
        title={title}
        lead={`By rating: the mean share of the points that were possible, over all rated shows and five empty ones. Listed is who has ${board.leastShows} rated shows or more.`}
      />
      <div className="grid gap-x-12 gap-y-10 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="min-w-0">
          <div className="mb-6">
            <BoardStanding board={board} signedIn={signedIn} />
          </div>
          {board.rows.length === 0 ? (
            <Empty title="Nobody is listed here yet">It takes {board.leastShows} shows with a final setlist.</Empty>
          ) : (
            <BoardTable board={board} caption={title} />
          )}
          <MoreLink nextCursor={board.nextCursor}>Further down</MoreLink>
        </div>
        <aside aria-label="Other leaderboards" className="min-w-0">
          <BoardNav boards={boards} at={board} />
        </aside>
      </div>
    </>
  );
}
