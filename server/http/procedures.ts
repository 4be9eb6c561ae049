import type { IncomingMessage, ServerResponse } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { createContext, type ApiDeps, type RequestFacts } from "../api/context.ts";
import { errorFacts, isForeseen, toTrpcError } from "../api/error-map.ts";
import { appRouter } from "../api/root.ts";
import { refuse } from "./answer.ts";

export const API_PATH = "/api/trpc";
const MAX_BATCH = 20;

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
      // A form may be sent across sites without the browser asking first; JSON may not.
      const type = req.headers["content-type"];
      if (req.method === "POST" && type !== undefined && !/^application\/json\s*(;|$)/i.test(type)) {
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
    createContext: async () => {
      try {
        return await createContext(deps, facts);
      } catch (error) {
        if (!isForeseen(error)) deps.onError(error, undefined);
        throw toTrpcError(error);
      }
    },
    responseMeta: ({ ctx, errors }) => {
      const headers = new Headers(ctx?.responseHeaders);
      headers.set("cache-control", "no-store");
      const waits = errors.map((error) => errorFacts(error).retryAfter ?? 0);
      const retryAfter = Math.max(0, ...waits);
      if (retryAfter > 0) headers.set("retry-after", String(retryAfter));
      return { headers };
    },
  });
}
