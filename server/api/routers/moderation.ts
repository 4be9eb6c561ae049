import * as z from "zod";
import { moderationCase, moderationCases } from "../../views/quarantine.ts";
import { cursor, id, limit, note } from "../inputs.ts";
import { procedureFor, router } from "../trpc.ts";

const forModerators = procedureFor("moderate");
const decision = z.object({ id, note });
const listed = z
  .object({
    status: z.enum(["open", "held", "released"], "Give open, held or released.").default("open"),
    cursor: cursor.optional(),
    limit: limit(24),
  })
  .prefault({});

export const moderationRouter = router({
  /** Cases in one state, latest first. */
  cases: forModerators.input(listed).query(({ ctx, input }) => moderationCases(ctx.reader, input)),

  /** One case: why, who, and what it would change. */
  case: forModerators.input(z.object({ id })).query(({ ctx, input }) => moderationCase(ctx.reader, input.id)),

  /** Lets the votes of a case count. */
  release: forModerators
    .input(decision)
    .mutation(({ ctx, input }) => ctx.write("releaseCase", { ...input, moderator: ctx.authorized })),

  /** Keeps the votes of a case out of the tally. */
  hold: forModerators
    .input(decision)
    .mutation(({ ctx, input }) => ctx.write("holdCase", { ...input, moderator: ctx.authorized })),
});
