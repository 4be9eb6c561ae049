import type { Write } from "#server/commands/registry.ts";

/** Has setlists become final whose time has come, and keeps the chances of shows whose voting is over; in parts, between which waiting votes are written. */
export async function settleShows(write: Write): Promise<void> {
  await write("keepChances", undefined);
  let after: number | null = 0;
  while (after !== null) after = (await write("settleSetlists", { after })).next;
}
