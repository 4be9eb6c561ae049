import { Link, useSearchParams } from "@remix-run/react";
import { count } from "#server/domain/count.ts";
import type { ResultsPage } from "../../http/answers.ts";
import { percent } from "../../ui/percent.ts";
import { Guess } from "./guess.tsx";
import { MyList } from "./my-list.tsx";

type Song = ResultsPage["songs"][number];
type ListName = "crowd" | "forecast" | "lastShows";

const TABS = [
  { list: "crowd", name: "Crowd" },
  { list: "me", name: "Me" },
  { list: "forecast", name: "Forecast" },
  { list: "last-shows", name: "Last shows" },
] as const;

type Tab = (typeof TABS)[number]["list"];

/** As many as are shown of a list while nobody knows how many will be played. */
const BEFORE = 20;

/** What was predicted: the lists one at a time, each behind a plain link. Where spoilers are hidden the last shows' songs are none of them. */
export function PredictedLists({ page, hidden }: { page: ResultsPage; hidden: boolean }) {
  const [params] = useSearchParams();
  const tabs = TABS.filter(({ list }) => !hidden || list !== "last-shows");
  const tab: Tab = tabs.find(({ list }) => list === params.get("list"))?.list ?? "crowd";
  return (
    <section aria-labelledby="predicted" className="min-w-0">
      <div className="flex min-h-11 items-end border-b-2 border-ink pb-2 lg:min-h-[3.375rem]">
        <h2 id="predicted" className="text-[1.75rem] leading-none font-extrabold tracking-tight sm:text-4xl">
          What was predicted
        </h2>
      </div>
      <nav aria-label="Whose list" className="my-3 flex flex-wrap gap-1">
        {tabs.map(({ list, name }) => (
          <Link
            key={list}
            to={list === "crowd" ? "?#predicted" : `?list=${list}#predicted`}
            preventScrollReset
            replace
            aria-current={tab === list ? "true" : undefined}
            className="inline-flex min-h-11 items-center rounded-full px-3 text-[0.9375rem] sm:px-4 font-semibold hover:bg-well aria-[current]:bg-ink aria-[current]:text-paper"
          >
            {name}
          </Link>
        ))}
      </nav>
      {tab === "me" ? <MyList page={page} /> : <ListOf page={page} tab={tab} />}
    </section>
  );
}

const LISTS: Record<Exclude<Tab, "me">, { list: ListName; none: string; tell: (song: Song) => string }> = {
  crowd: { list: "crowd", none: "Nobody voted at this show.", tell: ({ crowd }) => count(crowd!.votes, "vote") },
  forecast: { list: "forecast", none: "There was no forecast for this show.", tell: ({ forecast }) => percent(forecast!.chance) },
  "last-shows": { list: "lastShows", none: "No show before this one is known.", tell: ({ lastShows }) => `at ${lastShows!.plays} of the last ${lastShows!.of}` },
};

function ListOf({ page, tab }: { page: ResultsPage; tab: Exclude<Tab, "me"> }) {
  const { list, none, tell } = LISTS[tab];
  const ranked = page.songs.filter((song) => song[list] !== null).sort((a, b) => a[list]!.rank - b[list]!.rank);
  const scored = page.setlist !== null && page.noScore === null;
  const first = scored ? page.setlist!.count : BEFORE;
  if (ranked.length === 0) return <p className="py-4 text-soft">{none}</p>;
  // Further down only what was played after all.
  const late = scored ? ranked.slice(first).filter(({ played }) => played) : [];
  return (
    <>
      <ol aria-label={`The first ${Math.min(first, ranked.length)} songs`}>
        {ranked.slice(0, first).map((song) => (
          <Guess key={song.songId} rank={song[list]!.rank} song={song} scored={scored} live={page.state === "live"} told={tell(song)} />
        ))}
      </ol>
      {late.length === 0 ? null : (
        <>
          <h3 className="border-b border-line pt-6 pb-2 font-display text-xl font-bold">Further down, and played</h3>
          <ol>
            {late.map((song) => (
              <Guess key={song.songId} rank={song[list]!.rank} song={song} scored={scored} told={tell(song)} late />
            ))}
          </ol>
        </>
      )}
    </>
  );
}
