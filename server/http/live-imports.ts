import type { IncomingMessage, ServerResponse } from "node:http";
import type { ApiDeps, RequestFacts } from "../api/context.ts";
import { allowedTo, authorize } from "../auth/actor.ts";
import { AppError } from "../domain/errors.ts";
import type { EventStreams } from "../realtime/event-streams.ts";
import { checkWatcher } from "../views/import-progress.ts";
import { refuse } from "./answer.ts";
import { refuseStream } from "./live.ts";

type Deps = Pick<ApiDeps, "authenticator" | "imports" | "reader">;

const STATUS: Partial<Record<AppError["kind"], number>> = { unauthenticated: 401, not_found: 404 };

/** Answers `GET /imports/:id/progress` with the event stream of an import, for who asked for it and for admins. */
export function createImportStream({ authenticator, imports, reader }: Deps, streams: EventStreams) {
  return async (req: IncomingMessage, res: ServerResponse, { id, facts }: { id: number; facts: RequestFacts }): Promise<void> => {
    try {
      const { actor, setCookie } = await authenticator.authenticate(facts);
      const { userId } = authorize(actor, "vote");
      await checkWatcher(reader, id, { userId, all: allowedTo(actor, "manage-catalogue") !== null });
      if (setCookie) res.setHeader("set-cookie", setCookie);
      const refusal = await streams.serve(req, res, { subscribe: (hear) => imports.subscribe(id, hear), address: facts.address });
      if (refusal) refuseStream(res, refusal, { noun: "import", latest: "how far it is" });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      refuse(res, STATUS[error.kind] ?? 403, { reason: error.reason, message: error.message });
    }
  };
}
