import { allowedTo } from "../auth/actor.ts";
import type { Watcher } from "../views/import-progress.ts";
import type { Context } from "./context.ts";

/** Whoever asks, as imports see them. */
export function watcherOf({ actor, authorized }: Pick<Context, "actor"> & { authorized: { userId: number } }): Watcher {
  return { userId: authorized.userId, all: allowedTo(actor, "manage-catalogue") !== null };
}
