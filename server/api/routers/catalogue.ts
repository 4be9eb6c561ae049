import * as z from "zod";
import { artistPage, pastShowsOf } from "../../views/artist-page.ts";
import { artistStats } from "../../views/artist-statistics.ts";
import { listArtists } from "../../views/artists.ts";
import { searchSongs } from "../../views/search-songs.ts";
import { pastShowsAt, venuePage } from "../../views/venue-page.ts";
import { cursor, key, limit, line } from "../inputs.ts";
import { procedure, router } from "../trpc.ts";

const listed = z
  .object({
    query: line(100).optional(),
    genre: line(60).optional(),
    cursor: cursor.optional(),
    limit: limit(48),
  })
  .prefault({});

const past = { cursor: cursor.optional(), limit: limit(50) };

const stats = z
  .object({
    artist: key,
    year: z.string().regex(/^\d{4}$/, "A year looks like 2026.").optional(),
    tour: line(300).min(1, "Give a tour's name.").optional(),
  })
  .refine(({ year, tour }) => year === undefined || tour === undefined, "Give a year or a tour, not both.");

export const artistsRouter = router({
  list: procedure.input(listed).query(({ ctx, input }) => listArtists(ctx.reader, input, ctx.now())),
  get: procedure
    .input(z.object({ artist: key }))
    .query(({ ctx, input }) => artistPage(ctx.reader, input.artist, ctx.now())),
  /** Figures of what an artist has played: all of it, or that of a year or a tour. */
  stats: procedure.input(stats).query(({ ctx, input }) => artistStats(ctx.reader, input)),
  pastShows: procedure
    .input(z.object({ artist: key, ...past }))
    .query(({ ctx, input }) => pastShowsOf(ctx.reader, input, ctx.now())),
});

export const venuesRouter = router({
  get: procedure
    .input(z.object({ venue: key }))
    .query(({ ctx, input }) => venuePage(ctx.reader, input.venue, ctx.now())),
  pastShows: procedure
    .input(z.object({ venue: key, ...past }))
    .query(({ ctx, input }) => pastShowsAt(ctx.reader, input, ctx.now())),
});

export const songsRouter = router({
  search: procedure
    .input(z.object({ artist: key, query: line(100), show: key.optional() }))
    .query(({ ctx, input }) => searchSongs(ctx.reader, input)),
});
