import * as z from "zod";
import { PROVIDERS } from "../../domain/provider-records.ts";
import { listMatches } from "../../views/matches.ts";
import { matchPage, nextMatch } from "../../views/match-page.ts";
import { listMerges } from "../../views/merges.ts";
import { recordLinks, searchRecords } from "../../views/record-links.ts";
import { cursor, id, isVisible, limit, line } from "../inputs.ts";
import { procedureFor, router } from "../trpc.ts";

const forModerators = procedureFor("moderate");
const kind = z.enum(["artist", "venue", "show", "song"], "Give artist, venue, show or song.");
const recordKind = z.enum(["artist", "venue"], "Give artist or venue.");
const splitKind = z.enum(["artist", "venue", "show"], "Give artist, venue or show.");
const provider = z.enum(PROVIDERS, `Give ${PROVIDERS.join(", ")}.`);
const providerId = line(200).refine(isVisible, "Give the id at the provider.");
const one = z.object({ id });
const listed = z
  .object({
    status: z.enum(["review", "automatic", "approved", "rejected"], "Give review, automatic, approved or rejected.").default("review"),
    kind: kind.optional(),
    cursor: cursor.optional(),
    limit: limit(24),
  })
  .prefault({});
const pair = z.object({ kind, id, provider, providerId });

export const matchingRouter = router({
  /** Matches in one state, with how many there are of each kind and state. */
  list: forModerators.input(listed).query(({ ctx, input }) => listMatches(ctx.reader, input)),

  /** One match with both sides in full. */
  get: forModerators.input(z.object({ id, kind: kind.optional() })).query(({ ctx, input }) => matchPage(ctx.reader, input, ctx.now())),

  /** What waits after a match, or first of all. */
  next: forModerators
    .input(z.object({ kind: kind.optional(), after: id.optional() }).prefault({}))
    .query(({ ctx, input }) => nextMatch(ctx.reader, input, ctx.now())),

  /** The two are one. */
  approve: forModerators
    .input(z.object({ id, keep: id.optional() }))
    .mutation(({ ctx, input }) => ctx.write("decideMatch", { ...input, verdict: "approve", moderator: ctx.authorized })),

  /** The two are two, and stay so. */
  reject: forModerators.input(one).mutation(({ ctx, input }) => ctx.write("decideMatch", { ...input, verdict: "reject", moderator: ctx.authorized })),

  /** Takes a decision back, or undoes what was joined without asking. */
  reopen: forModerators.input(one).mutation(({ ctx, input }) => ctx.write("reopenMatch", { ...input, moderator: ctx.authorized })),

  /** What an artist or a venue is known by, and what was merged into it. */
  record: forModerators.input(z.object({ kind: recordKind, id })).query(({ ctx, input }) => recordLinks(ctx.reader, input)),

  /** Artists or venues by part of the name. */
  search: forModerators.input(z.object({ kind: recordKind, query: line(100).refine(isVisible, "Give part of a name.") })).query(({ ctx, input }) => searchRecords(ctx.reader, input)),

  /** A provider's id is one of ours. */
  link: forModerators.input(pair).mutation(({ ctx, input }) => ctx.write("decideIdentity", { ...input, verdict: "approve", moderator: ctx.authorized })),

  /** A provider's id is not one of ours. */
  unlink: forModerators.input(pair).mutation(({ ctx, input }) => ctx.write("decideIdentity", { ...input, verdict: "reject", moderator: ctx.authorized })),

  /** What a provider knows under an id becomes one of its own. */
  split: forModerators.input(pair.extend({ kind: splitKind })).mutation(({ ctx, input }) => ctx.write("splitIdentity", { ...input, by: ctx.authorized })),

  /** One of ours becomes another one of ours. */
  merge: forModerators
    .input(z.object({ kind, from: id, into: id }))
    .mutation(({ ctx, input }) => ctx.write("mergeRecords", { ...input, by: ctx.authorized })),

  /** What has become another, latest first. */
  merges: forModerators
    .input(z.object({ cursor: cursor.optional(), limit: limit(24) }).prefault({}))
    .query(({ ctx, input }) => listMerges(ctx.reader, input)),

  undoMerge: forModerators.input(one).mutation(async ({ ctx, input }) => {
    await ctx.write("undoMergeOf", { mergeId: input.id, by: ctx.authorized });
    return { ok: true as const };
  }),
});
