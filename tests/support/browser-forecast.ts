import { sql } from "drizzle-orm";
import { studyArtist } from "#jobs/tasks/study-artist.ts";
import type { MakeState } from "./browser-states.ts";
import { buildShow, titles, type BuiltShow, type ShowSpec } from "./builders.ts";
import { addPlayed, nightly, type PlayedSpec } from "./studied-artist.ts";
import type { TestServer } from "./test-server.ts";

/** Forty nights of an artist with habits: an opener, a closer as encore, and songs that take turns. */
export const HABITS = nightly(
  40,
  (night) => [0, 1, 2, 3 + (night % 4), 7 + (night % 5), ...(night % 9 === 0 ? [13] : [])],
  (night) => ({ encore: [12], tour: night < 25 ? "The First Tour" : "Zweite Tournee – Part II" }),
);

/** A show to come of an artist that was studied. */
export async function buildStudied({ database, write, clock }: TestServer, spec: ShowSpec = {}, nights: readonly PlayedSpec[] = HABITS): Promise<BuiltShow> {
  const show = await buildShow(database, { ballot: titles(13), ...spec });
  const songIds = (await database.rows("SELECT id FROM songs WHERE artist_id = ? ORDER BY id", show.artistId)).map(({ id }) => Number(id));
  await addPlayed(database, show, songIds, nights);
  const job = { id: 1, payload: { artistId: show.artistId }, cursor: null, requestedBy: null, signal: new AbortController().signal, step: () => ({ jobId: 1, claim: 1, cursor: null }) };
  await studyArtist({ reader: database.reader, write, now: clock.now, pause: () => Promise.resolve() })(job);
  return show;
}

const at = (spec: ShowSpec, path: (show: BuiltShow) => string): MakeState => {
  return async (server) => ({ path: path(await buildStudied(server, spec)) });
};

/** Pages with forecasts and figures of what was played. */
export const studied: Record<string, MakeState> = {
  "show, with a forecast": async (server) => {
    const show = await buildStudied(server);
    await server.database.change((tx) => tx.run(sql`UPDATE setlist_songs SET trend = 2.5 WHERE show_id = ${show.showId} AND position = 3`));
    const act: Awaited<ReturnType<MakeState>>["act"] = (page) => page.locator("summary", { hasText: "Forecast" }).first().click();
    return { path: `/shows/${show.slug}`, as: await server.fan(), act };
  },
  "forecast of a show": at({}, ({ slug }) => `/shows/${slug}/forecast`),
  "forecast of a show, none": async ({ database }) => ({ path: `/shows/${(await buildShow(database)).slug}/forecast` }),
  "statistics of an artist": at({}, ({ artistSlug }) => `/artists/${artistSlug}/statistics`),
  "statistics of an artist, a tour": at({}, ({ artistSlug }) => `/artists/${artistSlug}/statistics?tour=The+First+Tour`),
  "statistics of an artist, titles beyond measure": at({ ballot: [...titles(11), "W".repeat(300), "<img src=x onerror=alert(1)>"], catalogue: ["שיר השירים (live) 2", "أغنية"] }, ({ artistSlug }) => `/artists/${artistSlug}/statistics`),
  "statistics of an artist, none": async ({ database }) => ({ path: `/artists/${(await buildShow(database)).artistSlug}/statistics` }),
};
