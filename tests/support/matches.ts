import { eq } from "drizzle-orm";
import { insertPredictedSetlists, insertShows } from "#db/queries/demo.ts";
import { putArtistIdentities, putVenueIdentity } from "#db/queries/identities.ts";
import { putVariants } from "#db/queries/song-rows.ts";
import { matches, shows } from "#db/schema/index.ts";
import type { Evidence } from "#server/domain/matching/evidence.ts";
import type { LinkKind } from "#server/domain/matching/link-file.ts";
import type { Provider } from "#server/domain/provider-records.ts";
import { buildShow, titles, type BuiltShow, type ShowSpec } from "./builders.ts";
import type { TestDatabase } from "./test-database.ts";

export interface MatchSpec {
  kind: LinkKind;
  a: number;
  /** Another one of ours, or a provider's record. */
  b: number | { provider: Provider; id: string; name: string; about?: string; url?: string };
  confidence?: number;
  evidence?: Evidence[];
  status?: "review" | "automatic";
}

/** A match as it is stored where it was found; its id. */
export async function buildMatch(database: TestDatabase, { kind, a, b, confidence = 0.9, evidence = [], status = "review" }: MatchSpec): Promise<number> {
  const other =
    typeof b === "number"
      ? { subjectId: Math.min(a, b), otherId: Math.max(a, b) }
      : { subjectId: a, provider: b.provider, providerId: b.id, record: { name: b.name, about: b.about ?? null, url: b.url ?? null } };
  const [row] = await database.change((tx) =>
    tx.insert(matches).values({ kind, ...other, confidence, evidence: { list: evidence }, status, foundAt: 0 }).returning({ id: matches.id }),
  );
  return row!.id;
}

export interface BuiltPair {
  id: number;
  a: BuiltShow;
  b: BuiltShow;
}

let serial = 0;

/** Two artists, each with a show, of whom the program does not know whether they are one. */
export async function buildArtistPair(database: TestDatabase, { name = `Paper Lanterns ${(serial += 1)}`, confidence = 0.94, ...spec }: Partial<ShowSpec> & { name?: string; confidence?: number } = {}): Promise<BuiltPair> {
  const a = await buildShow(database, { artist: name, ...spec });
  const b = await buildShow(database, { artist: `The ${name}`, ...spec, ballot: titles(8) });
  const evidence: Evidence[] = [
    { kind: "name", way: "same_name", a: name, b: `The ${name}`, confidence: 0.97 },
    { kind: "country", a: "US", b: "GB", same: false },
    { kind: "songs", shared: 8, a: 15, b: 11 },
  ];
  return { id: await buildMatch(database, { kind: "artist", a: a.artistId, b: b.artistId, confidence, evidence }), a, b };
}

/** The venue of a show. */
export async function venueOf(database: TestDatabase, { showId }: { showId: number }): Promise<number> {
  const [row] = await database.reader.select({ id: shows.venueId }).from(shows).where(eq(shows.id, showId));
  return row!.id;
}

/** Another show of an artist on the same date, at the venue of another show. */
async function secondShow(database: TestDatabase, first: BuiltShow, venueId: number): Promise<number> {
  return database.change(async (tx) => {
    serial += 1;
    const show = { slug: `second-${serial}`, artistId: first.artistId, venueId, localDate: "2026-06-14", startsAt: Date.parse("2026-06-14T19:00:00Z"), tour: "The Long Way", status: "upcoming" as const };
    const [row] = await insertShows(tx, [show]);
    await insertPredictedSetlists(tx, [{ showId: row!.id, closesAt: show.startsAt, createdAt: 0 }]);
    return row!.id;
  });
}

/** Matches of every kind, with two of ours and with records of providers; their ids in the order of the queue. `called`: what names end in, where it is built again. */
export async function buildQueue(database: TestDatabase, called = ""): Promise<number[]> {
  const pairs: number[] = [];
  for (const confidence of [0.94, 0.9]) pairs.push((await buildArtistPair(database, { confidence })).id);
  const show = await buildShow(database, { artist: `Nora Vale${called}`, venue: `Lantern Hall${called}`, tour: "The Long Way", ballot: ["Paper Moon", "Slow Train", ...titles(6)], catalogue: ["Paper Moon (Take Two)", "Slow Trains"] });
  const other = await buildShow(database, { artist: `Northbank${called}`, venue: `The Lantern Hall${called}`, city: "Berlin" });
  await link(database, show);
  const [here, there] = [await venueOf(database, show), await venueOf(database, other)];
  const songs = await database.rows("SELECT id, title FROM songs WHERE artist_id = ? ORDER BY id", show.artistId);
  const songOf = (title: string) => Number(songs.find((row) => row["title"] === title)!["id"]);
  const stated: Evidence[] = [{ kind: "stated_id", provider: "ticketmaster", id: "K8v" }, { kind: "name", way: "sort_name", a: "Vale, Nora", b: "Nora Vale", confidence: 0.96 }];
  const near: Evidence[] = [{ kind: "name", way: "same_name", a: "Lantern Hall", b: "The Lantern Hall", confidence: 0.93 }, { kind: "city", a: "Berlin", b: "Berlin", same: true }, { kind: "distance", km: 0.06 }];
  const night: Evidence[] = [{ kind: "artist", confidence: 0.99 }, { kind: "venue", confidence: 0.8 }, { kind: "date", a: "2026-06-14", b: "2026-06-14", same: true }, { kind: "start", minutesApart: 60 }];
  const title = (a: string, b: string): Evidence[] => [{ kind: "title", way: "telling_words", a, b, confidence: 0.7 }, { kind: "duration", secondsApart: 12 }];
  const record = (provider: Provider, id: string, name: string, about: string) => ({ provider, id, name, about, url: `https://example.org/${id}` });
  const specs: MatchSpec[] = [
    { kind: "artist", a: show.artistId, b: record("ticketmaster", "K8vZ917", "VALE, NORA", "Folk, US"), confidence: 0.88, evidence: stated },
    { kind: "venue", a: here, b: record("setlistfm", "bd63d2a2", "Lantern Hall Berlin", "Berlin, DE"), confidence: 0.85, evidence: near },
    { kind: "venue", a: here, b: there, confidence: 0.8, evidence: near },
    { kind: "show", a: show.showId, b: await secondShow(database, show, here), confidence: 0.9, evidence: night },
    { kind: "show", a: show.showId, b: record("ticketmaster", "G5vYZ9", "Nora Vale: The Long Way", "2026-06-14, Berlin"), confidence: 0.82, evidence: night },
    { kind: "song", a: songOf("Paper Moon"), b: songOf("Paper Moon (Take Two)"), confidence: 0.85, evidence: title("Paper Moon", "Paper Moon (Take Two)") },
    { kind: "song", a: songOf("Slow Train"), b: songOf("Slow Trains"), confidence: 0.8, evidence: title("Slow Train", "Slow Trains") },
    { kind: "song", a: songOf("Song 1"), b: songOf("Song 2"), confidence: 0.62, evidence: [{ kind: "title", way: "typing_error", a: "Song 1", b: "Song 2", confidence: 0.8 }, { kind: "duration", secondsApart: 135 }] },
    { kind: "song", a: songOf("Song 3"), b: songOf("Song 4"), confidence: 0.61, evidence: [{ kind: "recording", isrc: "GBAAA0000001" }] },
    { kind: "song", a: songOf("Song 5"), b: songOf("Song 6"), confidence: 0.6 },
  ];
  const ids = [...pairs];
  for (const spec of specs) ids.push(await buildMatch(database, spec));
  return ids;
}

/** What providers have told of an artist, the venue and a song of a show. */
async function link(database: TestDatabase, show: BuiltShow): Promise<void> {
  const venueId = await venueOf(database, show);
  const known = { confidence: 1, status: "automatic", digest: "d", evidence: { own: true } } as const;
  const musicbrainz = { name: "Nora Vale", sortName: "Vale, Nora", aliases: ["N. Vale", "Nora V."], country: "GB", genres: ["folk", "indie rock"] };
  await database.change(async (tx) => {
    await putArtistIdentities(tx, [
      { ...known, artistId: show.artistId, provider: "musicbrainz", providerId: "5441c29d-3602-4898-b1a1-b77fa23b8e50", url: "https://musicbrainz.org/artist/5441c29d-3602-4898-b1a1-b77fa23b8e50", record: musicbrainz },
      { ...known, artistId: show.artistId, provider: "spotify", providerId: "4Z8W4fKeB5YxbusRsdQVPb", url: "https://open.spotify.com/artist/4Z8W4fKeB5YxbusRsdQVPb", evidence: { statedBy: "musicbrainz" } },
    ]);
    await putVenueIdentity(tx, { ...known, venueId, provider: "ticketmaster", providerId: "KovZ1", url: "https://www.ticketmaster.com/venue/KovZ1" });
    const variant = { kind: "original", live: false, video: false, workId: null, albumId: null, isrc: null, note: null, url: null } as const;
    const [song] = await tx.all<{ id: number }>(`SELECT id FROM songs WHERE artist_id = ${show.artistId} AND title = 'Paper Moon'`);
    await putVariants(tx, show.artistId, [
      { ...variant, provider: "spotify", providerId: "t1", songId: song!.id, title: "Paper Moon - Remastered 2019", titleKey: "paper moon", durationMs: 201_000, releasedOn: "2019-03-01" },
      { ...variant, provider: "musicbrainz", providerId: "r1", songId: song!.id, title: "Paper Moon", titleKey: "paper moon", durationMs: 198_000, releasedOn: "2004" },
    ]);
  });
}
