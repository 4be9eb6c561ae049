import type { Write } from "#server/commands/registry.ts";
import { NEVER } from "#server/domain/freshness.ts";
import { readDue } from "#server/views/sync-facts.ts";
import { readSetlistVersions, readSoughtShow } from "#server/views/sync-plan.ts";
import type { Reader } from "#server/views/reader.ts";
import type { JobPayload } from "../definitions.ts";
import { placed } from "./catalogue/time-zone.ts";
import type { Handler } from "./job.ts";
import type { Sources } from "./sources.ts";

export interface FetchSetlistDeps {
  sources: Sources;
  reader: Reader;
  write: Write;
}

/** Asks for the setlist of one show, and notes whether it is the same as the last time. */
export function fetchSetlist({ sources, reader, write }: FetchSetlistDeps): Handler<JobPayload<"fetch-setlist">> {
  return async (job) => {
    const { payload: { showId }, signal } = job;
    const show = await readSoughtShow(reader, showId);
    if (show === null || sources.setlistfm === null) return;
    const { artistId, localDate, mbid } = show;
    const before = await readSetlistVersions(reader, showId);
    const page = await sources.setlistfm.showSetlists({ artistId: mbid, localDate }, { freshMs: 0, signal });
    const records = page.records.filter(({ artist }) => artist.id === mbid).map(placed);
    const written = await write("storeSetlists", { artistId, provider: "setlistfm", records });
    if (written > 0) await write("makeBallots", { artistId });
    const versions = await readSetlistVersions(reader, showId);
    const same = versions.length > 0 && versions.join() === before.join();
    const unchanged = versions.length === 0 ? 0 : same ? ((await readDue(reader, "setlist", showId))?.unchanged ?? 0) + 1 : 1;
    await write("setDue", { kind: "setlist", id: showId, dueAt: NEVER, unchanged, step: job.step(null) });
  };
}
