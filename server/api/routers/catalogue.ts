import * as z from "zod";
import { artistPage, listArtists } from "../../views/artists.ts";
import { presentAllowance } from "../../views/show-page.ts";
import { searchSongs } from "../../views/search-songs.ts";
import { venuePage } from "../../views/venue-page.ts";
import { cursor, id, key, limit, line } from "../inputs.ts";
import { procedure, procedureFor, router } from "../trpc.ts";

const listed = z
  .object({
    query: line(100).optional(),
    genre: line(60).optional(),
    cursor: cursor.optional(),
    limit: limit(48),
  })
  .prefault({});

export const artistsRouter = router({
  list: procedure.input(listed).query(({ ctx, input }) => listArtists(ctx.reader, input, ctx.now())),
  get: procedure
    .input(z.object({ artist: key }))
    .query(({ ctx, input }) => artistPage(ctx.reader, input.artist, ctx.now())),
});

export const venuesRouter = router({
  get: procedure
    .input(z.object({ venue: key }))
    .query(({ ctx, input }) => venuePage(ctx.reader, input.venue, ctx.now())),
});

export const songsRouter = router({
  search: procedure
    .input(z.object({ artist: key, query: line(100), show: key.optional() }))
    .query(({ ctx, input }) => searchSongs(ctx.reader, input)),
});

export const setlistsRouter = router({
  suggest: procedureFor("vote")
    .input(z.object({ show: key, songId: id }))
    .mutation(async ({ ctx, input }) => {
      const added = await ctx.write("suggestSong", { ...input, fan: ctx.authorized });
      return { ...added, allowance: presentAllowance(added.allowance) };
    }),
});
