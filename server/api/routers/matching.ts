import * as z from "zod";
import { listMatches } from "../../views/matches.ts";
import { matchPage, nextMatch } from "../../views/match-page.ts";
import { cursor, id, limit } from "../inputs.ts";
import { procedureFor, router } from "../trpc.ts";

const forModerators = procedureFor("moderate");
const kind = z.enum(["artist", "venue", "show", "song"], "Give artist, venue, show or song.");
const listed = z
  .object({
    status: z.enum(["review", "automatic", "approved", "rejected"], "Give review, automatic, approved or rejected.").default("review"),
    kind: kind.optional(),
    cursor: cursor.optional(),
    limit: limit(24),
  })
  .prefault({});

export const matchingRouter = router({
  /** Matches in one state, with how many there are of each kind and state. */
  list: forModerators.input(listed).query(({ ctx, input }) => listMatches(ctx.reader, input)),

  /** One match with both sides in full. */
  get: forModerators.input(z.object({ id, kind: kind.optional() })).query(({ ctx, input }) => matchPage(ctx.reader, input, ctx.now())),

  /** What waits after a match, or first of all. */
  next: forModerators.input(z.object({ kind: kind.optional(), after: id.optional() }).prefault({})).query(({ ctx, input }) => nextMatch(ctx.reader, input, ctx.now())),
});
