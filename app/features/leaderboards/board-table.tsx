import type { Leaderboard } from "../../http/answers.ts";
import { Chip } from "../../ui/chip.tsx";
import { DataTable, type DataRow } from "../../ui/data-table.tsx";
import { percentTenths } from "../../ui/percent.ts";

const HEAD = ["Fan", "Rating", "Points", "Hits", "Shows"];

/** Fans by rating, the asking one marked; the fan's own row stands below where it is on another page. */
export function BoardTable({ board, caption }: { board: Leaderboard; caption: string }) {
  const { rows, mine } = board;
  const here = mine !== null && rows.some(({ fan }) => fan.id === mine.fan.id);
  const shown = rows.map((row) => rowOf(row, row.fan.id === mine?.fan.id));
  const elsewhere = mine === null || here || mine.rank === null ? [] : [rowOf({ ...mine, rank: mine.rank }, true)];
  return <DataTable quietCaption caption={caption} head={HEAD} rows={[...shown, ...elsewhere]} />;
}

function rowOf({ rank, fan, rating, points, hits, votes, shows }: Leaderboard["rows"][number], mine: boolean): DataRow {
  const name = (
    <span className="flex items-baseline gap-3">
      <span className="w-8 shrink-0 text-end font-display text-lg font-extrabold">{rank}</span>
      <bdi className="wrap-title min-w-24">{fan.name}</bdi>
      {mine ? <Chip tone="marker">You</Chip> : null}
    </span>
  );
  return { key: fan.id, marked: mine, cells: [name, percentTenths(rating), points, `${hits} of ${votes}`, shows] };
}
