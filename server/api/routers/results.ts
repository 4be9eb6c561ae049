import * as z from "zod";
import { comparison } from "../../views/comparison.ts";
import { key } from "../inputs.ts";
import { procedure, router } from "../trpc.ts";

export const resultsRouter = router({
  /** What was expected of a show against what was played. */
  get: procedure
    .input(z.object({ show: key }))
    .query(({ ctx, input }) => comparison(ctx.reader, { show: input.show, userId: ctx.actor?.userId ?? null, now: ctx.now() })),
});
