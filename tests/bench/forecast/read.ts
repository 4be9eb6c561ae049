import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { PastShow } from "#server/domain/forecast/setting.ts";

export interface ArtistShows {
  /** The file's name without its ending. */
  name: string;
  shows: PastShow[];
}

interface Line {
  date: string;
  venue?: string | null;
  city?: string | null;
  tour?: string | null;
  songs: { name: string; set?: string; tape?: boolean }[];
}

/** Files of a folder with shows, *.jsonl.gz or *.jsonl, by name. */
export function showFiles(folder: string): string[] {
  return readdirSync(folder).filter((name) => /\.jsonl(\.gz)?$/.test(name)).sort().map((name) => join(folder, name));
}

/** An artist's shows in the order of the file. Tapes, songs without a name and shows without songs are left out. */
export function readShows(path: string): ArtistShows {
  const bytes = readFileSync(path);
  const text = (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString();
  const ids = new Map<string, number>();
  const shows = text.split("\n").filter((line) => line.trim() !== "").map((line) => pastShow(JSON.parse(line) as Line, ids));
  const name = path.replace(/^.*\//, "").replace(/\.jsonl(\.gz)?$/, "");
  return { name, shows: shows.filter(({ songs }) => songs.length > 0) };
}

function pastShow({ date, venue = null, city = null, tour = null, songs }: Line, ids: Map<string, number>): PastShow {
  const played = songs.filter(({ name, tape }) => name.trim() !== "" && !tape);
  const idOf = (name: string) => {
    const key = name.trim().toLowerCase();
    if (!ids.has(key)) ids.set(key, ids.size + 1);
    return ids.get(key)!;
  };
  return {
    date, venue, city, tour, festival: /\bfest/i.test(`${venue ?? ""} ${tour ?? ""}`),
    songs: played.map(({ name, set }) => ({ songId: idOf(name), encore: set?.startsWith("E") ?? false })),
  };
}
