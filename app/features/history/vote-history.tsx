import type { VoteHistory } from "../../http/answers.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { LineChart } from "../../ui/line-chart.tsx";
import { Empty, Section } from "../../ui/section.tsx";
import { instantWords } from "../shows/when.ts";

/** Rows of the table: as many as can be read. */
const ROWS = 24;

/** How a show's votes came in: all of them, and those of the leading songs. */
export function VoteHistoryCharts({ history, now }: { history: VoteHistory; now: string }) {
  const { at, total, songs, venue } = history;
  const [first, last] = [at[0], at.at(-1)];
  if (first === undefined || last === undefined) return <Empty title="No votes yet">With the first vote the chart begins.</Empty>;
  const times = at.map((instant) => Date.parse(instant));
  const when = (instant: string) => instantWords(instant, venue.timeZone, now);
  const axis = { from: times[0]!, to: times.at(-1)!, words: [when(first), when(last)] as const };
  const points = (votes: readonly number[]) => votes.map((y, i) => ({ x: times[i]!, y }));
  const most = Math.max(1, ...songs.flatMap(({ votes }) => votes));
  return (
    <>
      <Section title="The leading songs">
        <LineChart
          label={`Votes of the ${songs.length} leading songs from ${when(first)} to ${when(last)}; ${songs[0]?.song.title ?? "nothing"} leads.`}
          lines={songs.map(({ song, votes }) => ({ name: `${song.title}, ${votes.at(-1) ?? 0}`, points: points(votes) }))}
          x={axis}
          y={{ to: even(most), tell: String }}
        />
      </Section>
      <Section title="All votes">
        <LineChart
          label={`All votes from ${total[0] ?? 0} at ${when(first)} to ${total.at(-1) ?? 0} at ${when(last)}.`}
          lines={[{ name: "All votes", points: points(total) }]}
          x={axis}
          y={{ to: even(Math.max(1, ...total)), tell: String }}
        />
      </Section>
      <Section title="In figures">
        <DataTable
          quietCaption
          caption="Votes over time, by the venue’s clock"
          head={["When", "All votes", ...songs.map(({ song }) => song.title)]}
          rows={rowsOf(at.length).map((i) => ({ key: i, cells: [when(at[i]!), total[i]!, ...songs.map(({ votes }) => votes[i]!)] }))}
        />
      </Section>
    </>
  );
}

/** The next even number, so that half of it can be written at the middle of an axis. */
function even(most: number): number {
  return most + (most % 2);
}

/** Which points the table has: the first, the last, and others evenly between them. */
function rowsOf(points: number): number[] {
  const every = Math.max(1, Math.ceil((points - 1) / (ROWS - 1)));
  return Array.from({ length: points }, (_, i) => i).filter((i) => (points - 1 - i) % every === 0 || i === 0);
}
