import type { ModerationPage } from "../../http/answers.ts";

const CELL = "py-2 text-end tabular-nums";

/** What the tally would be after the other decision, for the songs that it moves. */
export function CaseTally({ page }: { page: ModerationPage }) {
  if (page.tally.length === 0) return <p className="text-soft">These fans have no votes standing.</p>;
  return (
    <table className="w-full border-t-2 border-ink text-[0.9375rem]">
      <caption className="sr-only">Votes and places now, and {afterWords(page)}</caption>
      <thead>
        <tr className="border-b border-line text-sm text-soft">
          <th scope="col" className="py-2 text-start font-semibold">
            Song
          </th>
          <th scope="col" className="py-2 ps-3 text-end font-semibold">
            Now
          </th>
          <th scope="col" className="py-2 ps-3 text-end font-semibold">
            {page.held ? "If released" : "If held"}
          </th>
        </tr>
      </thead>
      <tbody>
        {page.tally.map((song) => (
          <tr key={song.rank} className="border-b border-line">
            <th scope="row" dir="auto" className="wrap-title py-2 text-start font-semibold">
              {song.title}
            </th>
            <Count votes={song.votes} rank={song.rank} />
            <Count votes={song.thenVotes} rank={song.thenRank} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Count({ votes, rank }: { votes: number; rank: number }) {
  return (
    <td className={`${CELL} ps-3 whitespace-nowrap`}>
      {votes} <span className="text-soft">(no. {rank})</span>
    </td>
  );
}

function afterWords({ held }: ModerationPage): string {
  return held ? "if the case were released" : "if the case were held";
}
