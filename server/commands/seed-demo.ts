import { command } from "#db/command.ts";
import type { Transaction } from "#db/client.ts";
import { announceAccess } from "#db/queries/events.ts";
import * as demo from "#db/queries/demo.ts";
import { readSetting, writeSetting } from "#db/queries/journal.ts";
import { fansOfDemoShows, putStandings } from "#db/queries/standings.ts";
import { insertVotes } from "#db/queries/votes.ts";
import { artists, demoFans, shows, venues } from "#db/seed/catalogue/index.ts";
import type { CatalogueShow } from "#db/seed/catalogue/types.ts";
import { planDemoVotes, seededRandom, type DemoBallot } from "../domain/demo-votes.ts";
import { fold } from "../domain/fold.ts";
import { STANDING_RULES } from "../domain/scoring/leaderboard.ts";
import { addDays, localDateAt, localInstant, statusAt, votingClosesAt } from "../domain/show-time.ts";
import { slugify } from "../domain/slug.ts";
import { seedNights, type PastDemoShow } from "./seed-demo-nights.ts";

export const DEMO_SETTING = "demo";

/**
 * Loads the demo catalogue around today; whether it did. With `onlyIfFresh` it leaves alone every
 * instance that has an artist or has ever had the demo; otherwise only one that has the demo now.
 */
export const seedDemo = command<{ onlyIfFresh: boolean }, boolean>(async (tx, { input, now }) => {
  const state = await readSetting(tx, DEMO_SETTING);
  if (state === "present") return false;
  if (input.onlyIfFresh && (state !== null || (await demo.hasArtists(tx)))) return false;
  const random = seededRandom(20_240_229);
  const songIds = await seedArtists(tx);
  const venueIds = idsBySlug(await demo.insertVenues(tx, venues.map(venueRow)));
  const fanIds = await seedFans(tx, now);
  const planned = [...shows, ...earlierNights(shows)].map((show) => planShow(show, { ...songIds, venueIds }, now));
  const seeded = await seedShows(tx, planned, now);
  await insertVotes(tx, planDemoVotes(fanIds, ballotsOf(seeded, now, random), random));
  await seedNights(tx, pastShows(seeded, songIds.songIds), now, random);
  await writeSetting(tx, DEMO_SETTING, "present");
  return true;
});

/** Removes the demo catalogue, its fans and their votes, and nothing else; whether there was one. */
export const removeDemo = command<void, boolean>(async (tx, { now }) => {
  if ((await readSetting(tx, DEMO_SETTING)) !== "present") return false;
  const fans = await fansOfDemoShows(tx);
  await demo.deleteDemo(tx, now);
  await putStandings(tx, fans, "all", STANDING_RULES);
  await announceAccess(tx, now, null);
  await writeSetting(tx, DEMO_SETTING, "removed");
  return true;
});

function idsBySlug(rows: { id: number; slug: string }[]): Map<string, number> {
  return new Map(rows.map((row) => [row.slug, row.id]));
}

async function seedArtists(tx: Transaction) {
  const rows = artists.map(({ name, genre, country }) => {
    return { name, searchName: fold(name), genre, country, slug: slugify(name), demo: true };
  });
  const artistIds = idsBySlug(await demo.insertArtists(tx, rows));
  const songs = artists.flatMap((artist) =>
    artist.songs.map((title, likelihoodRank) => ({
      artistId: artistIds.get(slugify(artist.name))!,
      title,
      searchTitle: fold(title),
      titleKey: fold(title),
      likelihoodRank,
      demo: true,
    })),
  );
  const songIds = new Map<number, number[]>();
  for (const song of await demo.insertSongs(tx, songs)) {
    songIds.set(song.artistId, [...(songIds.get(song.artistId) ?? []), song.id]);
  }
  return { artistIds, songIds };
}

function venueSlug({ name, city }: (typeof venues)[number]): string {
  return slugify(name, city);
}

function venueRow(venue: (typeof venues)[number]) {
  return { ...venue, slug: venueSlug(venue), demo: true };
}

async function seedFans(tx: Transaction, now: number): Promise<number[]> {
  const rows = demoFans.map((displayName, i) => ({
    displayName,
    email: `demo-fan-${i + 1}@demo.invalid`,
    demo: true,
    createdAt: now,
  }));
  return (await demo.insertFans(tx, rows)).map((fan) => fan.id);
}

interface Ids {
  artistIds: Map<string, number>;
  songIds: Map<number, number[]>;
  venueIds: Map<string, number>;
}

/** A show of the catalogue, or a night before it that had no ballot. */
type SeedShow = Omit<CatalogueShow, "state"> & { state?: CatalogueShow["state"] | "unvoted" };

type PlannedShow = ReturnType<typeof planShow>;

function planShow(show: SeedShow, ids: Ids, now: number) {
  const venue = venues.find(({ name }) => name === show.venue)!;
  const { timeZone } = venue;
  const artistId = ids.artistIds.get(slugify(show.artist))!;
  const localDate = addDays(localDateAt(now, timeZone), show.daysFromToday);
  const startsAt = show.startTime === null ? null : localInstant(localDate, show.startTime, timeZone);
  const when = { localDate, startsAt, timeZone };
  const catalogue = ids.songIds.get(artistId)!;
  return {
    row: {
      slug: slugify(show.artist, show.venue, localDate),
      artistId,
      venueId: ids.venueIds.get(venueSlug(venue))!,
      tour: show.tour,
      localDate,
      startsAt,
      status: show.state === "cancelled" ? ("cancelled" as const) : statusAt(when, now),
      demo: true,
    },
    closesAt: votingClosesAt(when),
    lockedAt: show.state === "locked" ? now : null,
    // A third of each catalogue stays off the ballot, for fans to add.
    ballot: show.state === "unvoted" ? [] : catalogue.slice(0, Math.ceil((catalogue.length * 2) / 3)),
    interest: show.daysFromToday > 30 ? 0.2 : 0.55,
    place: venue,
  };
}

/** Few, for each costs the first start a little. */
const TOURS = 10;
const NIGHTS_BEFORE = 6;
const DAYS_BETWEEN = 4;

/** The nights of some tours before the first one in the catalogue, at which nobody voted: what their forecasts learn from. */
function earlierNights(all: readonly CatalogueShow[]): SeedShow[] {
  const touring = all.filter(({ tour, daysFromToday, state }) => tour !== null && daysFromToday < 0 && state === undefined);
  const firsts = [...Map.groupBy(touring, ({ artist }) => artist).values()].map((tour) => tour.toSorted((a, b) => a.daysFromToday - b.daysFromToday)[0]!);
  return firsts.slice(0, TOURS).flatMap((first, at) =>
    Array.from({ length: NIGHTS_BEFORE }, (_, i) => ({
      ...first,
      venue: venues[(at * NIGHTS_BEFORE + i) % venues.length]!.name,
      daysFromToday: first.daysFromToday - DAYS_BETWEEN * (i + 1),
      state: "unvoted" as const,
    })),
  );
}

function pastShows(seeded: SeededShow[], songIds: Map<number, number[]>): PastDemoShow[] {
  return seeded
    .filter(({ row }) => row.status === "completed")
    .map(({ showId, row: { artistId, localDate, tour }, closesAt, ballot, place: { name: venue, city } }) => ({
      showId, artistId, localDate, venue, city, tour, closesAt, voted: ballot.length > 0, songIds: songIds.get(artistId)!,
    }));
}

type SeededShow = PlannedShow & { showId: number; setlistSongIds: number[] };

async function seedShows(tx: Transaction, planned: PlannedShow[], now: number): Promise<SeededShow[]> {
  const inserted = await demo.insertShows(tx, planned.map((show) => show.row));
  const showIds = idsBySlug(inserted);
  const withIds = planned.flatMap((show) => {
    const showId = showIds.get(show.row.slug);
    return showId === undefined ? [] : [{ ...show, showId }];
  });
  await demo.insertPredictedSetlists(
    tx,
    withIds.map(({ showId, closesAt, lockedAt }) => ({ showId, closesAt, lockedAt, createdAt: now })),
  );
  const rows = withIds.flatMap(({ showId, ballot }) =>
    ballot.map((songId, i) => ({ showId, songId, position: i + 1 })),
  );
  const bySetlist = new Map<number, number[]>();
  for (const { id, showId } of await demo.insertSetlistSongs(tx, rows)) {
    bySetlist.set(showId, [...(bySetlist.get(showId) ?? []), id]);
  }
  return withIds.map((show) => ({ ...show, setlistSongIds: bySetlist.get(show.showId) ?? [] }));
}

function ballotsOf(seeded: SeededShow[], now: number, random: () => number): DemoBallot[] {
  const voted = seeded.filter(({ setlistSongIds }) => setlistSongIds.length > 0);
  return voted.map(({ showId, setlistSongIds, closesAt, interest }) => ({
    showId,
    setlistSongIds,
    until: Math.min(closesAt, now),
    interest: interest * (0.4 + random()),
  }));
}
