import { appRouter } from "./root.ts";
import { createCallerFactory } from "./trpc.ts";

/** Calls procedures from the server side, without HTTP; errors are TRPCErrors with an AppError as cause. */
export const createCaller = createCallerFactory(appRouter);

export type Caller = ReturnType<typeof createCaller>;
