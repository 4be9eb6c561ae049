import type { IncomingMessage, ServerResponse } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { createCallContext, type ApiDeps, type RequestFacts } from "../api/context.ts";
import { retryAfterOf } from "../api/error-map.ts";
import { appRouter } from "../api/root.ts";
import { refuse } from "./answer.ts";

export const API_PATH = "/api/trpc";
export const MAX_BATCH = 20;
/** What browsers may not send across sites without asking first, unlike a form. */
export const JSON_TYPE = /^application\/json\s*(;|$)/i;

export interface ProcedureHandler {
  handle(this: void, req: IncomingMessage, res: ServerResponse, facts: RequestFacts): Promise<void>;
  /** Cuts off open subscriptions; clients take them up again by themselves. */
  closeStreams(): void;
}

/** Answers procedure calls over HTTP. */
export function createProcedureHandler(deps: ApiDeps): ProcedureHandler {
  const streams = new Set<ServerResponse>();
  return {
    async handle(req, res, facts) {
      const type = req.headers["content-type"];
      if (req.method === "POST" && type !== undefined && !JSON_TYPE.test(type)) {
        refuse(res, 415, { reason: "unsupported_media_type", message: "Send JSON as application/json." });
        return;
      }
      if (req.headers.accept?.includes("text/event-stream")) {
        streams.add(res);
        res.once("close", () => streams.delete(res));
      }
      const listener = getRequestListener((request) => answer(deps, request, facts), {
        overrideGlobalObjects: false,
      });
      await listener(req, res);
    },
    // Destroyed and not ended: an ended subscription tells its client that there is no more to come.
    closeStreams: () => streams.forEach((res) => res.destroy()),
  };
}

function answer(deps: ApiDeps, request: Request, facts: RequestFacts): Promise<Response> {
  return fetchRequestHandler({
    endpoint: API_PATH,
    req: request,
    router: appRouter,
    maxBatchSize: MAX_BATCH,
    createContext: () => createCallContext(deps, facts),
    responseMeta: ({ ctx, errors }) => {
      const headers = new Headers(ctx?.responseHeaders);
      headers.set("cache-control", "no-store");
      const retryAfter = retryAfterOf(errors);
      if (retryAfter > 0) headers.set("retry-after", String(retryAfter));
      return { headers };
    },
  });
}
