import { keysToRead, mergeSongs, worksToRead, type MergePlan, type StoredSong } from "#server/domain/catalogue/merge.ts";
import { variantId, variantOf, type StoredVariant } from "#server/domain/catalogue/variants.ts";
import type { Provider, SongRecord } from "#server/domain/provider-records.ts";

export function record(id: string, title: string, rest: Partial<SongRecord> = {}): SongRecord {
  const ids = { id, title, artists: [{ id: "a1", name: "The Lanterns" }], workId: null, isrcs: [], albumId: null, url: null };
  return { ...ids, discNumber: null, trackNumber: null, durationMs: 200_000, releasedOn: null, video: false, note: null, ...rest };
}

function unique(values: string[], value: string, what: string): void {
  if (values.includes(value)) throw new Error(`Two songs with one ${what}: ${value}`);
}

/** One artist's rows, read and written for a page the way a database would: only what the page asks for is looked at. */
export class CatalogueStore {
  #songs = new Map<number, StoredSong>();
  #variants = new Map<string, StoredVariant>();
  #lastId = 0;
  readonly #links: ReadonlyMap<string, string>;

  /** Links lead from the keys of titles to those of the songs that they are. */
  constructor(links: Record<string, string> = {}) {
    this.#links = new Map(Object.entries(links));
  }

  take(provider: Provider, records: SongRecord[]): MergePlan {
    const page = records.map((each) => variantOf(provider, each));
    const all = [...this.#variants.values()];
    const ofPage = page.flatMap((variant) => this.#variants.get(variantId(variant)) ?? []);
    const works = worksToRead(page, ofPage);
    const ofWorks = all.filter(({ workId }) => workId !== null && works.includes(workId));
    const keys = keysToRead(this.#links, page, ofPage, ofWorks);
    const songs = [...this.#songs.values()].filter(({ key }) => keys.includes(key));
    const ofSongs = all.filter(({ songId }) => songs.some(({ id }) => id === songId));
    const plan = mergeSongs(page, { variants: [...ofPage, ...ofWorks, ...ofSongs], songs, links: this.#links });
    this.#write(plan);
    return plan;
  }

  #write({ newSongs, changedSongs, variants, absorbed }: MergePlan): void {
    for (const song of newSongs) this.#put({ id: ++this.#lastId, ...song });
    for (const song of changedSongs) this.#put(song);
    const ids = new Map([...this.#songs.values()].map(({ id, key }) => [key, id]));
    for (const { songKey, ...variant } of variants) this.#variants.set(variantId(variant), { ...variant, songId: ids.get(songKey)! });
    for (const { id, intoKey } of absorbed) {
      if (!ids.has(intoKey)) throw new Error(`Nothing to go into: ${intoKey}`);
      if ([...this.#variants.values()].some(({ songId }) => songId === id)) throw new Error(`Variants left: ${id}`);
      this.#songs.delete(id);
    }
  }

  /** As the database would refuse it. */
  #put(song: StoredSong): void {
    const others = [...this.#songs.values()].filter(({ id }) => id !== song.id);
    unique(others.map(({ key }) => key), song.key, "key");
    unique(others.map(({ title }) => title), song.title, "title");
    this.#songs.set(song.id, song);
  }

  /** By title. */
  songs(): StoredSong[] {
    return [...this.#songs.values()].sort((a, b) => (a.title < b.title ? -1 : 1));
  }

  /** All that is stored but for the ids of songs, which tell only what came first. */
  rows(): unknown {
    const keys = new Map([...this.#songs.values()].map(({ id, key }) => [id, key]));
    const variants = [...this.#variants].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { songId, ...variant }]) => ({ ...variant, song: keys.get(songId) }));
    return { songs: this.songs().map(({ id: _, ...song }) => song), variants };
  }
}
