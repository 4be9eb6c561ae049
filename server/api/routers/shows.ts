import * as z from "zod";
import { homePage } from "../../views/home-page.ts";
import { listShows } from "../../views/list-shows.ts";
import { showPage } from "../../views/show-page.ts";
import { presentVoting } from "../../views/show-summary.ts";
import { showHistory } from "../../views/tally-history.ts";
import { cursor, instant, key, limit, localDate, note } from "../inputs.ts";
import { procedure, procedureFor, router } from "../trpc.ts";

const forAdmins = procedureFor("manage-shows");
const change = z.object({ show: key, note });

const listed = z
  .object({
    artist: key.optional(),
    from: localDate.optional(),
    to: localDate.optional(),
    sort: z.enum(["date", "votes"]).default("date"),
    cursor: cursor.optional(),
    limit: limit(24),
  })
  .prefault({});

export const showsRouter = router({
  home: procedure.query(({ ctx }) => homePage(ctx.reader, ctx.now())),

  list: procedure.input(listed).query(({ ctx, input }) => listShows(ctx.reader, input, ctx.now())),

  get: procedure
    .input(z.object({ show: key }))
    .query(({ ctx, input }) =>
      showPage(ctx.reader, { show: input.show, userId: ctx.actor?.userId ?? null, now: ctx.now() }),
    ),

  /** How a show's votes came in over time: all of them, and those of its most voted songs. */
  history: procedure.input(z.object({ show: key })).query(({ ctx, input }) => showHistory(ctx.reader, input.show, ctx.now())),

  lockVoting: forAdmins.input(change).mutation(async ({ ctx, input }) => ({
    voting: presentVoting(await ctx.write("lockVoting", { ...input, admin: ctx.authorized })),
  })),

  unlockVoting: forAdmins.input(change).mutation(async ({ ctx, input }) => ({
    voting: presentVoting(await ctx.write("unlockVoting", { ...input, admin: ctx.authorized })),
  })),

  moveClose: forAdmins
    .input(change.extend({ closesAt: instant.transform(Date.parse).nullable() }))
    .mutation(async ({ ctx, input }) => ({
      voting: presentVoting(await ctx.write("moveClose", { ...input, admin: ctx.authorized })),
    })),
});
