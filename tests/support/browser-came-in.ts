import { buildShow, titles, type BuiltShow, type ShowSpec } from "./builders.ts";
import { buildBill, buildSetlist, buildTrend, linkArtist, linkShow, type SetlistSpec, type SetSpec } from "./came-in.ts";
import type { MakeState } from "./browser-states.ts";
import type { TestDatabase } from "./test-database.ts";

/** Sets as a source may have them: named and unnamed ones, tapes, covers, guests, notes, other scripts. */
export const variedSets: SetSpec[] = [
  {
    songs: [
      { title: "Intro", tape: true, note: "Overture of an opera" },
      "The First Song",
      { title: "Someone Else's Song", coverOf: "The Others" },
      { title: "A Duet", guest: "Ms. Guest", note: "First time in ten years" },
    ],
  },
  { name: "Acoustic:", songs: ["Quiet", { title: "שיר השירים (live) 2", coverOf: "אמן אחר" }, "أغنية طويلة عن الحب"] },
  { encore: 1, songs: ["Hit"] },
  { encore: 2, songs: [{ title: "Slow Goodbye", note: "with a long outro" }, { title: "Outro", tape: true }] },
];

const beyondMeasure: SetSpec[] = [
  {
    name: "N".repeat(200),
    songs: [
      "W".repeat(300),
      { title: "Noted", note: "Long note. ".repeat(300), guest: "G".repeat(200), coverOf: "C".repeat(200) },
      "<img src=x onerror=alert(1)>",
    ],
  },
];

/** Sets that no page may break of. */
export const hugeSets: SetSpec[] = [{ songs: titles(290) }, ...beyondMeasure];

const over = { localDate: "2026-06-10", status: "completed" } as const;

/** A show that is over with what was played there. */
export async function buildPlayed(database: TestDatabase, spec: ShowSpec = {}, ...setlists: SetlistSpec[]): Promise<BuiltShow> {
  const show = await buildShow(database, { ...over, ...spec });
  for (const setlist of setlists) await buildSetlist(database, show, setlist);
  return show;
}

function played(spec: ShowSpec, ...setlists: SetlistSpec[]): MakeState {
  return async ({ database }) => {
    const { slug, artistId } = await buildPlayed(database, spec, ...setlists);
    await linkArtist(database, artistId, "musicbrainz", { url: "https://musicbrainz.org/artist/x" });
    return { path: `/shows/${slug}` };
  };
}

const varied = { sets: variedSets, note: "The lights went out during the second song.\nNobody minded." };

/** Pages with what came in from providers. */
export const cameIn: Record<string, MakeState> = {
  "show, played, with a setlist": played({}, varied),
  "show, played, never voted on": played({ ballot: [] }, varied),
  "show, played, two setlists": played({ ballot: [] }, { sets: [{ songs: ["Matinee"] }] }, { sets: [{ songs: ["Soirée"] }] }),
  "show, played, titles beyond measure": played({ ballot: [] }, { sets: beyondMeasure, note: "Very long. ".repeat(500) }),
  "show, played, nothing written down": played({ ballot: [] }, {}),
  "show, cancelled, never voted on": async ({ database }) => ({
    path: `/shows/${(await buildShow(database, { ballot: [], localDate: "2026-06-10", status: "cancelled" })).slug}`,
  }),
  "show, with tickets and a bill": async ({ database }) => {
    const show = await buildShow(database, { artist: "Headliner of the Night", tour: "The World Tour" });
    const support = await buildShow(database, { artist: "A Known Support" });
    await linkArtist(database, show.artistId, "ticketmaster", { id: "head", url: "https://www.ticketmaster.com/a/head" });
    await linkArtist(database, support.artistId, "ticketmaster", { id: "support" });
    await linkShow(database, show, "https://www.ticketmaster.com/event/1?wt.mc_id=a");
    await buildBill(database, show.showId, [
      { name: "Headliner of the Night", id: "head" },
      { name: "A Known Support", id: "support" },
      { name: "Someone nobody knows here", id: "other" },
      { name: "فنان آخر", id: "arabic" },
    ]);
    return { path: `/shows/${show.slug}` };
  },
  "artist, known elsewhere": async ({ database }) => ({ path: `/artists/${(await buildCareer(database)).artistSlug}` }),
  "artist, past shows": async ({ database }) => ({ path: `/artists/${(await buildCareer(database)).artistSlug}/shows` }),
  "venue, past shows": async ({ database }) => ({ path: `/venues/${(await buildPlayed(database, {}, varied)).venueSlug}/shows` }),
  "home, trending": async ({ database }) => {
    for (const [i, rate] of [12.4, 3.2, 0.4].entries()) {
      const { showId } = await buildShow(database, { localDate: `2026-06-2${i}` });
      await database.change((tx) => tx.run(`UPDATE shows SET total_votes = 40 WHERE id = ${showId}`));
      await buildTrend(database, { showId, votes: 40, rate, at: Date.parse("2026-06-13T11:55:00Z") });
    }
    return { path: "/" };
  },
};

/** An artist whom all providers know, with 60 shows behind. */
export async function buildCareer(database: TestDatabase): Promise<BuiltShow> {
  const show = await buildPlayed(database, {}, varied);
  const { artistId } = show;
  await linkArtist(database, artistId, "musicbrainz", { url: `https://musicbrainz.org/artist/${artistId}` });
  await linkArtist(database, artistId, "setlistfm", { url: `https://www.setlist.fm/setlists/${artistId}.html` });
  await linkArtist(database, artistId, "ticketmaster", { url: `https://www.ticketmaster.com/artist/${artistId}` });
  await linkArtist(database, artistId, "spotify", { url: `https://open.spotify.com/artist/${artistId}` });
  await buildPast(database, show, 60);
  return show;
}

/** Further shows of an artist that are over, each a day before the last, at the same venue and without votes. */
export async function buildPast(database: TestDatabase, { artistId, showId }: BuiltShow, count: number): Promise<void> {
  await database.change(async (tx) => {
    await tx.run(`
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})
      INSERT INTO shows (slug, artist_id, venue_id, local_date, status)
      SELECT 'past-${artistId}-' || i, ${artistId}, (SELECT venue_id FROM shows WHERE id = ${showId}), date('2026-06-01', -i || ' days'), 'completed' FROM n`);
    await tx.run(`
      INSERT INTO predicted_setlists (show_id, closes_at, created_at)
      SELECT id, unixepoch(local_date) * 1000, 0 FROM shows WHERE slug LIKE 'past-${artistId}-%'`);
  });
}
