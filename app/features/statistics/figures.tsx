import type { StatisticsPage } from "../../http/answers.ts";
import { percent } from "../../ui/percent.ts";
import { Section } from "../../ui/section.tsx";
import { SongFigures, type SongFigureRow } from "./song-figures.tsx";

type Statistics = NonNullable<StatisticsPage["statistics"]>;

/** A table of songs by one figure, under its heading; nothing where there is none. */
function Ranked({ title, lead, head, rows }: { title: string; lead: string; head: string[]; rows: SongFigureRow[] }) {
  if (rows.length === 0) return null;
  return (
    <Section title={title}>
      <p className="-mt-2 mb-4 text-soft">{lead}</p>
      <SongFigures caption={title} head={head} rows={rows} />
    </Section>
  );
}

function toRows<R extends { song: { id: number; title: string } }>(list: readonly R[], value: (row: R) => number, cells: (row: R) => string[]): SongFigureRow[] {
  const most = Math.max(1, ...list.map(value));
  return list.map((row) => ({ song: row.song, bar: value(row) / most, cells: cells(row) }));
}

export function MostPlayed({ statistics: { mostPlayed, shows } }: { statistics: Statistics }) {
  const rows = toRows(mostPlayed, (row) => row.plays, ({ plays, lastOn }) => [String(plays), percent(plays / shows), lastOn]);
  return <Ranked title="Most played" lead="At how many shows, and how many that is of all." head={["Shows", "Of all", "Last"]} rows={rows} />;
}

export function Openers({ statistics: { openers } }: { statistics: Statistics }) {
  return <Ranked title="Openers" lead="Songs that began a show." head={["Times", "Of plays"]} rows={byRole(openers)} />;
}

export function Closers({ statistics: { closers } }: { statistics: Statistics }) {
  return <Ranked title="Closers" lead="Songs that ended a show, encores included." head={["Times", "Of plays"]} rows={byRole(closers)} />;
}

export function Encores({ statistics: { encores } }: { statistics: Statistics }) {
  return <Ranked title="Encores" lead="Songs that came in an encore." head={["Times", "Of plays"]} rows={byRole(encores)} />;
}

function byRole(list: Statistics["openers"]): SongFigureRow[] {
  return toRows(list, (row) => row.times, ({ times, plays }) => [String(times), String(plays)]);
}

export function Gaps({ statistics: { gaps } }: { statistics: Statistics }) {
  const rows = toRows(gaps, (row) => row.away, ({ away, longest, lastOn }) => [String(away), longest === null ? "–" : String(longest), lastOn]);
  return <Ranked title="Longest away" lead="Shows since a song was last heard, and its longest gap before." head={["Shows", "Before", "Last"]} rows={rows} />;
}

export function Rarities({ statistics: { rarities, rare } }: { statistics: Statistics }) {
  const rows = toRows(rarities, (row) => row.plays, ({ plays, lastOn }) => [String(plays), lastOn]);
  const lead = rare > rarities.length ? `Played once or twice: ${rare} songs, the latest ${rarities.length} of them here.` : "Played once or twice, the latest first.";
  return <Ranked title="Rarities" lead={lead} head={["Shows", "Last"]} rows={rows} />;
}
