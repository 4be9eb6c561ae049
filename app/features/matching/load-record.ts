import { type Asked, toErrorResponse } from "../../http/errors.ts";
import { queried } from "../../http/form.ts";
import { DONE_WORDS, type RecordOf } from "./record-actions.ts";

/** What the page of an artist's or a venue's ids shows. */
export async function loadRecord({ request, context }: Asked, of: RecordOf) {
  const query = queried(request, "query");
  const done = queried(request, "done") ?? "";
  try {
    const record = await context.api.matching.record(of);
    const found = query === undefined ? null : (await context.api.matching.search({ kind: of.kind, query })).items;
    return { record, query, found, done: Object.hasOwn(DONE_WORDS, done) ? DONE_WORDS[done as keyof typeof DONE_WORDS] : null };
  } catch (error) {
    throw toErrorResponse(error, { request, context });
  }
}
