import type { ArtistPage } from "../../http/answers.ts";
import { Empty } from "../../ui/section.tsx";

/** The artist's catalogue, likeliest first. */
export function SongList({ songs }: { songs: ArtistPage["songs"] }) {
  if (songs.length === 0) return <Empty title="No songs known yet" />;
  return (
    <ol className="border-t-2 border-ink">
      {songs.map((song, index) => (
        <li key={song.id} className="flex gap-4 border-b border-line py-2.5">
          <span
            aria-hidden
            className="w-7 shrink-0 text-end font-display text-lg leading-snug font-bold text-soft tabular-nums"
          >
            {index + 1}
          </span>
          <span dir="auto" className="wrap-title grow text-start text-[1.0625rem] leading-snug">
            {song.title}
          </span>
        </li>
      ))}
    </ol>
  );
}
