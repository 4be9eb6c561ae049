import type { ForecastPage } from "../../http/answers.ts";
import { percent } from "../../ui/percent.ts";

type Forecast = NonNullable<ForecastPage["forecast"]>;
type Expected = Forecast["setlist"][number];

/** The likeliest songs in their usual order, encores apart. */
export function ExpectedSetlist({ setlist }: Pick<Forecast, "setlist">) {
  const encores = setlist.filter(({ encore }) => encore);
  const main = setlist.filter(({ encore }) => !encore);
  return (
    <>
      <Songs songs={main} from={1} />
      {encores.length > 0 ? (
        <>
          <h3 className="mt-8 mb-3 text-xl font-bold">Encore</h3>
          <Songs songs={encores} from={main.length + 1} />
        </>
      ) : null}
    </>
  );
}

function Songs({ songs, from }: { songs: Expected[]; from: number }) {
  return (
    <ol start={from} className="border-t-2 border-ink">
      {songs.map(({ song, chance, opens }, i) => (
        <li key={song.id} className="flex items-baseline gap-4 border-b border-line py-2.5">
          <span aria-hidden className="w-7 shrink-0 text-end font-display text-lg font-bold text-soft tabular-nums">
            {from + i}
          </span>
          <span dir="auto" className="wrap-title grow text-start text-[1.0625rem] leading-snug font-semibold">
            {song.title}
          </span>
          {opens ? <span className="shrink-0 text-sm text-soft">usual opener</span> : null}
          <span className="shrink-0 tabular-nums">{percent(chance)}</span>
        </li>
      ))}
    </ol>
  );
}
