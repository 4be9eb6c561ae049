import * as z from "zod";
import { forecastOfShow } from "../../views/forecast.ts";
import { key } from "../inputs.ts";
import { procedure, router } from "../trpc.ts";

export const forecastRouter = router({
  get: procedure.input(z.object({ show: key })).query(({ ctx, input }) => forecastOfShow(ctx.reader, input.show)),
});
