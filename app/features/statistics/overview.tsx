import type { StatisticsPage } from "../../http/answers.ts";
import { Section } from "../../ui/section.tsx";
import { Columns } from "./columns.tsx";

type Statistics = NonNullable<StatisticsPage["statistics"]>;

/** The figures of all shows looked at, and how they went over time. */
export function Overview({ statistics }: { statistics: Statistics }) {
  const { shows, songs, firstOn, lastOn, length } = statistics;
  const facts: [string, string][] = [
    ["Shows", String(shows)],
    ["Different songs", String(songs)],
    ["Songs a show", String(length.mean)],
    ["Shortest and longest", length.shortest === length.longest ? String(length.shortest) : `${length.shortest} – ${length.longest}`],
    ["First", firstOn],
    ["Latest", lastOn],
  ];
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-5 border-t-2 border-ink pt-5 sm:grid-cols-3 lg:grid-cols-6">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt className="text-sm text-soft">{name}</dt>
          <dd className="font-display text-2xl font-bold tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

export function OverTime({ statistics: { over } }: { statistics: Statistics }) {
  if (over.length < 2) return null;
  const unit = over[0]!.period.length === 4 ? "year" : "month";
  const Unit = unit === "year" ? "Year" : "Month";
  return (
    <Section title="Over time">
      <div className="grid gap-10 lg:grid-cols-2">
        <Columns
          title={`Shows by ${unit}`}
          columns={over.map(({ period, shows }) => ({ label: period, value: shows }))}
          head={[Unit, "Shows", "Different songs"]}
          cells={(_, i) => [String(over[i]!.songs)]}
        />
        <Columns
          title={`Songs a show by ${unit}`}
          columns={over.map(({ period, meanLength }) => ({ label: period, value: meanLength }))}
          head={[Unit, "Songs a show", "Shows"]}
          cells={(_, i) => [String(over[i]!.shows)]}
        />
      </div>
    </Section>
  );
}
