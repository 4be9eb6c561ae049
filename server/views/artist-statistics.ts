import { scopesKept, scoredShows, showsOfSources, statisticsOf } from "#db/queries/artist-statistics.ts";
import { artistByKey } from "#db/queries/catalogue.ts";
import { songTitles } from "#db/queries/song-titles.ts";
import { type Accuracy, accuracyAt } from "../domain/statistics/accuracy.ts";
import type { ScopeOf } from "../domain/statistics/scopes.ts";
import type { ArtistStatistics } from "../domain/statistics/statistics.ts";
import { missing } from "./missing.ts";
import { pageSources, type Source } from "./page-sources.ts";
import type { Key, Reader } from "./reader.ts";
import type { ArtistDetails } from "./show-summary.ts";

/** How many of an artist's scored shows are looked at, the latest. */
const SCORED_SHOWS = 200;

const LISTS = ["mostPlayed", "rarities", "openers", "closers", "encores", "gaps"] as const;
type ListName = (typeof LISTS)[number];

/** A figure with the song that it is of. */
type Titled<F> = Omit<F, "songId"> & { song: { id: number; title: string } };

/** Figures of what was played, as the domain has them, with titles. */
export type TitledStatistics = Omit<ArtistStatistics, ListName> & { [L in ListName]: Titled<ArtistStatistics[L][number]>[] };

export interface StatisticsPage extends ScopeOf {
  artist: ArtistDetails;
  /** Years and tours that there are figures of, the latest first. */
  years: string[];
  tours: string[];
  /** Null where nothing is known of such shows. */
  statistics: TitledStatistics | null;
  /** How right fans, the forecast and the last shows' songs were at the latest 200 scored shows, whatever is asked for. */
  accuracy: Accuracy;
  /** Whose data it is. */
  sources: Source[];
}

/** What an artist has played: all of it, or that of one year or tour. Throws `not_found` or `gone`. */
export async function artistStats(reader: Reader, asked: { artist: Key; year?: string | undefined; tour?: string | undefined }): Promise<StatisticsPage> {
  const artist = await artistByKey(reader, asked.artist);
  if (!artist) throw await missing(reader, "artist", asked.artist);
  const { scope, name } = scopeOf(asked);
  const figures = await statisticsOf(reader, artist.id, scope, name);
  const kept = await scopesKept(reader, artist.id);
  const named = (of: string) => kept.filter((one) => one.scope === of).map((one) => one.name);
  const shows = (await showsOfSources(reader, artist.id)).map(({ id }) => id);
  return {
    artist,
    scope,
    name,
    years: named("year"),
    tours: named("tour"),
    statistics: figures && (await withTitles(reader, figures)),
    accuracy: accuracyAt(await scoredShows(reader, artist.id, SCORED_SHOWS)),
    sources: await pageSources(reader, { artists: [artist.id], shows, songsOf: artist.id, genre: artist.genre !== null }),
  };
}

function scopeOf({ year, tour }: { year?: string | undefined; tour?: string | undefined }): ScopeOf {
  if (year !== undefined) return { scope: "year", name: year };
  return tour === undefined ? { scope: "all", name: "" } : { scope: "tour", name: tour };
}

async function withTitles(reader: Reader, figures: ArtistStatistics): Promise<TitledStatistics> {
  const ids = [...new Set(LISTS.flatMap((list) => figures[list].map(({ songId }) => songId)))];
  const titles = await songTitles(reader, ids);
  // A song that is gone since is left out until the artist is studied again.
  const titled = <F extends { songId: number }>(list: readonly F[]): Titled<F>[] =>
    list.flatMap(({ songId, ...figure }) => {
      const title = titles.get(songId);
      return title === undefined ? [] : [{ ...figure, song: { id: songId, title } }];
    });
  const { mostPlayed, rarities, openers, closers, encores, gaps, ...rest } = figures;
  return { ...rest, mostPlayed: titled(mostPlayed), rarities: titled(rarities), openers: titled(openers), closers: titled(closers), encores: titled(encores), gaps: titled(gaps) };
}
