import { statSync } from "node:fs";
import { importTarget, type ImportTarget } from "#jobs/definitions.ts";
import type { Provider } from "../domain/provider-records.ts";
import { UsageError } from "./program.ts";

export interface ReadingOptions {
  /** That a file is meant, or an artist, whatever it looks like. */
  file?: boolean | undefined;
  artist?: boolean | undefined;
  provider?: Provider | undefined;
  id?: string | undefined;
}

/** What `theset import` is to bring in: "-" for stdin, a file's path, or an artist. Throws `UsageError`. */
export function readingOf(word: string | undefined, { file, artist, provider, id }: ReadingOptions): { file: string } | { artist: ImportTarget } {
  if (id !== undefined) {
    if (word !== undefined || file) throw new UsageError("Give --id alone, without a name or file.");
    return { artist: targetOf({ provider: provider ?? "musicbrainz", id }) };
  }
  if (provider !== undefined) throw new UsageError("--provider needs --id: the artist's id there.");
  if (word === undefined) throw new UsageError("Give an artist's name, a file that `theset export` wrote, or - for stdin.");
  const isFile = file === true || (artist !== true && (word === "-" || isThere(word) || looksLikeFile(word)));
  return isFile ? { file: word } : { artist: targetOf({ name: word }) };
}

function targetOf(target: ImportTarget): ImportTarget {
  const { success, data } = importTarget.safeParse(target);
  if (success) return data;
  throw new UsageError("name" in target ? "Give the name of an artist, of 200 characters at most." : "Give an id of 100 characters at most.");
}

/** A folder is none: artists may be called like one. */
function isThere(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  return found !== undefined && !found.isDirectory();
}

/** A path from somewhere, or a name that files have. */
function looksLikeFile(word: string): boolean {
  return /^(\.{0,2}\/|\.{1,2}$|~\/)/.test(word) || /\.(ndjson|jsonl?|gz)$/i.test(word);
}
