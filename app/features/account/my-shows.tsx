import { Link } from "@remix-run/react";
import type { MyVotes } from "../../http/answers.ts";
import { Button } from "../../ui/button.tsx";
import { PosterArt } from "../../ui/poster/poster.tsx";
import { Empty } from "../../ui/section.tsx";
import { joinKnown } from "../shows/places.ts";
import { VotingChip } from "../shows/voting-chip.tsx";
import { showWhen } from "../shows/when.ts";
import { rowId } from "../voting/vote-answer.ts";

type VotedShow = MyVotes["items"][number];

/** The fan's votes, a sheet for each show. */
export function MyShows({ items, now }: { items: VotedShow[]; now: string }) {
  if (items.length === 0) {
    return (
      <Empty title="No votes yet">
        <p className="mb-5">Your picks for each show gather here.</p>
        <Button asChild>
          <Link to="/shows">Find a show</Link>
        </Button>
      </Empty>
    );
  }
  return (
    <ul className="grid items-start gap-5 md:grid-cols-2">
      {items.map((item) => (
        <Sheet key={item.show.id} {...item} now={now} />
      ))}
    </ul>
  );
}

function Sheet({ show, songs, now }: VotedShow & { now: string }) {
  return (
    <li className="overflow-hidden rounded-card border border-line bg-sheet shadow-card">
      <div className="flex items-center gap-4 border-b border-line p-4">
        <div aria-hidden className="size-16 shrink-0 overflow-hidden rounded-xl">
          <PosterArt name={show.artist.name} />
        </div>
        <div className="min-w-0 grow">
          <h3 className="text-xl leading-tight font-bold">
            <Link to={`/shows/${show.slug}`} dir="auto" className="wrap-title hover:underline">
              {show.artist.name}
            </Link>
          </h3>
          <p className="text-[0.9375rem] text-soft">
            {joinKnown([showWhen(show, now), show.venue.city], " · ")}
          </p>
        </div>
        <VotingChip show={show} />
      </div>
      <ul className="px-4 py-2">
        {songs.map((song) => (
          <li key={song.setlistSongId} className="flex items-baseline justify-between gap-4">
            <Link
              to={`/shows/${show.slug}#${rowId(song.setlistSongId)}`}
              dir="auto"
              className="wrap-title grow py-2.5 text-start font-semibold hover:underline"
            >
              {song.title}
            </Link>
            <span className="shrink-0 text-sm text-soft tabular-nums">
              {song.votes === 1 ? "1 vote" : `${song.votes} votes`}
            </span>
          </li>
        ))}
      </ul>
    </li>
  );
}
