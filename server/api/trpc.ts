import { initTRPC } from "@trpc/server";
import { authorize, type Capability } from "../auth/actor.ts";
import type { Context } from "./context.ts";
import { errorFacts, isForeseen, toTrpcError } from "./error-map.ts";

const t = initTRPC.context<Context>().create({
  // Stack traces never leave the server, whatever NODE_ENV says.
  isDev: false,
  errorFormatter: ({ shape, error }) => ({
    ...shape,
    data: { ...shape.data, ...errorFacts(error) },
  }),
  sse: {
    ping: { enabled: true, intervalMs: 15_000 },
    client: { reconnectAfterInactivityMs: 40_000 },
  },
});

const mapErrors = t.middleware(async ({ ctx, path, next }) => {
  const result = await next();
  if (result.ok) return result;
  if (!isForeseen(result.error)) ctx.onError(result.error.cause ?? result.error, path);
  throw toTrpcError(result.error);
});

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

/** A procedure that anyone may call. */
export const procedure = t.procedure.use(mapErrors);

/** A procedure for those who may do something; `ctx.authorized` is what its command asks for. */
export function procedureFor<C extends Capability>(capability: C) {
  return procedure.use(({ ctx, next }) => next({ ctx: { authorized: authorize(ctx.actor, capability) } }));
}
