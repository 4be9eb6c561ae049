import * as z from "zod";
import { jobLists, jobRuns, providerFigures } from "../../views/jobs-page.ts";
import { id, limit } from "../inputs.ts";
import { procedureFor, router } from "../trpc.ts";

const forAdmins = procedureFor("manage-catalogue");
const one = z.object({ id });

const DAYS_WANTED = "Give a number of days from 1 to 60.";
const days = z.number(DAYS_WANTED).int(DAYS_WANTED).min(1, DAYS_WANTED).max(60, DAYS_WANTED).default(7);

export const jobsRouter = router({
  /** Jobs under way, to come, and failed for good. */
  list: forAdmins.input(z.object({ limit: limit(50) }).prefault({})).query(({ ctx, input }) => jobLists(ctx.reader, input.limit)),

  /** What comes due by itself, the last run of each kind, and the figures by day. */
  runs: forAdmins.input(z.object({ days }).prefault({})).query(({ ctx, input }) => jobRuns(ctx.reader, { ...input, now: ctx.now() })),

  retry: forAdmins.input(one).mutation(async ({ ctx, input }) => {
    await ctx.write("retryJob", { id: input.id, by: ctx.authorized });
    return { ok: true as const };
  }),

  cancel: forAdmins.input(one).mutation(async ({ ctx, input }) => {
    await ctx.write("cancelJob", { id: input.id, by: ctx.authorized });
    return { ok: true as const };
  }),
});

export const providersRouter = router({
  /** How the providers do. */
  states: forAdmins.query(async ({ ctx }) => {
    const asked = await ctx.askedProviders();
    return { asksHere: asked !== null, items: await providerFigures(ctx.reader, asked, ctx.now()) };
  }),
});
