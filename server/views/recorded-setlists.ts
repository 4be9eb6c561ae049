import { artistsNamed, recordedShows } from "#db/queries/recorded-setlists.ts";
import { fold } from "../domain/fold.ts";
import type { SetLines } from "../domain/setlists/written-down.ts";
import { setlistsOfShow } from "./actual-setlists.ts";
import type { Reader } from "./reader.ts";

/** What was written down here of one show. */
export interface RecordedShow {
  artist: string;
  localDate: string;
  venue: string;
  sets: SetLines[];
}

const SHOWS_AT_ONCE = 100;

/** All that was written down here, of all artists or of one, show by show. */
export async function* recordedSetlists(reader: Reader, artistId: number | null): AsyncGenerator<RecordedShow> {
  let after = 0;
  for (;;) {
    const page = await recordedShows(reader, { after, artistId, limit: SHOWS_AT_ONCE });
    for (const { showId, ...show } of page) {
      const own = (await setlistsOfShow(reader, showId)).find(({ provider }) => provider === null);
      if (own) yield { ...show, sets: own.sets };
      after = showId;
    }
    if (page.length < SHOWS_AT_ONCE) return;
  }
}

/** The artist of a slug, or of a name that one artist has; null where it is not clear who is meant. */
export async function artistNamed(reader: Reader, name: string): Promise<number | null> {
  const found = await artistsNamed(reader, { slug: name, folded: fold(name) });
  const bySlug = found.find(({ slug }) => slug === name);
  return bySlug?.id ?? (found.length === 1 ? found[0]!.id : null);
}
