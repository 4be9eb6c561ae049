import { useId } from "react";
import type { ActualSetlist } from "../../http/answers.ts";
import { PlayedSong } from "./played-song.tsx";
import { placesOf, setName } from "./set-words.ts";

interface SetlistProps {
  setlist: ActualSetlist;
  /** The heading level that fits under what stands over the setlist. */
  as: "h3" | "h4";
}

/** A setlist whole: its sets and encores in order. */
export function Setlist({ setlist, as }: SetlistProps) {
  const { sets, note } = setlist;
  const places = placesOf(sets);
  if (sets.length === 0) return <p className="text-soft">Nobody has written down a song yet.</p>;
  return (
    <>
      <div className="gap-x-14 border-t-2 border-ink lg:columns-2">
        {sets.map((set, i) => (
          <PlayedSet key={i} as={as} name={setName(set, sets)} songs={set.songs} places={places} />
        ))}
      </div>
      {note === null ? null : (
        <p dir="auto" className="wrap-title mt-5 max-w-3xl text-start leading-relaxed whitespace-pre-line text-soft">
          {note}
        </p>
      )}
    </>
  );
}

interface PlayedSetProps extends Pick<SetlistProps, "as"> {
  name: string | null;
  songs: ActualSetlist["sets"][number]["songs"];
  places: Map<number, number>;
}

function PlayedSet({ as: Heading, name, songs, places }: PlayedSetProps) {
  const id = useId();
  return (
    <>
      {name === null ? null : (
        <Heading
          id={id}
          dir="auto"
          className="wrap-title break-after-avoid border-b border-line pt-6 pb-2 text-start font-display text-xl font-bold"
        >
          {name}
        </Heading>
      )}
      <ol aria-labelledby={name === null ? undefined : id}>
        {songs.map((song) => (
          <PlayedSong key={song.position} song={song} place={places.get(song.position) ?? null} />
        ))}
      </ol>
    </>
  );
}
