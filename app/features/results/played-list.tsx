import { useId } from "react";
import type { ResultsPage } from "../../http/answers.ts";
import { ExternalLink } from "../../ui/external-link.tsx";
import { PlayedSong } from "../setlists/played-song.tsx";
import { placesOf, setName } from "../setlists/set-words.ts";
import { EntryMarks, type Entry } from "./marks.tsx";

/** What was played, set by set, with who expected it. */
export function PlayedList({ page, fresh }: { page: ResultsPage; fresh: ReadonlySet<number> }) {
  const { sets, setlist, noScore } = page;
  const places = placesOf(sets);
  if (!setlist) return null;
  const { url, linkText, note, source } = setlist.account;
  return (
    <section aria-labelledby="played" className="min-w-0">
      <div className="flex min-h-11 flex-wrap items-end justify-between gap-x-4 border-b-2 border-ink pb-2 lg:min-h-[3.375rem]">
        <h2 id="played" className="text-[1.75rem] leading-none font-extrabold tracking-tight sm:text-4xl">
          What they played
        </h2>
        {url !== null && linkText !== null ? (
          <ExternalLink href={url}>{linkText}</ExternalLink>
        ) : (
          <p className="flex min-h-11 items-center text-[0.9375rem] text-soft">{source}</p>
        )}
      </div>
      {sets.map((set, i) => (
        <PlayedSet key={i} name={setName(set, sets)} songs={set.songs} places={places} scored={noScore === null} fresh={fresh} />
      ))}
      {note === null ? null : (
        <p dir="auto" className="wrap-title mt-5 text-start leading-relaxed whitespace-pre-line text-soft">
          {note}
        </p>
      )}
    </section>
  );
}

interface PlayedSetProps {
  name: string | null;
  songs: Entry[];
  places: Map<number, number>;
  scored: boolean;
  fresh: ReadonlySet<number>;
}

function PlayedSet({ name, songs, places, scored, fresh }: PlayedSetProps) {
  const id = useId();
  return (
    <>
      {name === null ? null : (
        <h3 id={id} dir="auto" className="wrap-title border-b border-line pt-6 pb-2 text-start font-display text-xl font-bold">
          {name}
        </h3>
      )}
      <ol aria-labelledby={name === null ? "played" : id}>
        {songs.map((song) => (
          <PlayedSong
            key={song.position}
            song={song}
            place={places.get(song.position) ?? null}
            look={`${song.mine ? "bg-wash" : ""} ${fresh.has(song.position) ? "arriving" : ""}`}
          >
            <EntryMarks entry={song} scored={scored} />
          </PlayedSong>
        ))}
      </ol>
    </>
  );
}
