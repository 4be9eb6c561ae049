import * as z from "zod";
import { allowedTo } from "../../auth/actor.ts";
import { importJob } from "../../commands/import-job.ts";
import { PROVIDERS } from "../../domain/provider-records.ts";
import { importLists, importPage, myImports, readArtistHere } from "../../views/imports.ts";
import { id, isVisible, line } from "../inputs.ts";
import { procedureFor, router } from "../trpc.ts";
import { watcherOf } from "../watcher.ts";

const forFans = procedureFor("vote");
const forAdmins = procedureFor("manage-catalogue");
const one = z.object({ id });

const name = line(200).refine(isVisible, "Write the artist’s name.");
const force = z.boolean().default(false);
const providerId = line(100).pipe(z.string().regex(/^[\w.:-]+$/, "An id has only letters, digits, dots, colons and hyphens."));
const byId = z
  .object({ provider: z.enum(PROVIDERS), id: providerId, name: name.optional(), force })
  .transform(({ provider, id: there, name: called = there, force: forced }) => ({ target: { provider, id: there }, name: called, force: forced }));
const byName = z.object({ name, force }).transform(({ name: called, force: forced }) => ({ target: { name: called }, name: called, force: forced }));

/** What asking for an artist answers: where it is, or which import brings it in. */
export type Requested = { outcome: "here"; artist: { name: string; slug: string } } | { outcome: "queued"; importId: number };

export const importsRouter = router({
  /** Asks for an artist; an admin may also ask for one that is here already. */
  request: forFans.input(z.union([byId, byName])).mutation(async ({ ctx, input: { target, name: called, force: forced } }): Promise<Requested> => {
    const admin = allowedTo(ctx.actor, "manage-catalogue");
    const artist = admin && forced ? null : await readArtistHere(ctx.reader, target);
    if (artist) return { outcome: "here", artist };
    const asked = { by: admin ?? ctx.authorized, unlimited: admin !== null, name: called, job: importJob(target) };
    const { importId } = await ctx.write("requestImport", asked);
    return { outcome: "queued", importId };
  }),

  /** All imports, by how they stand. */
  list: forAdmins.query(({ ctx }) => importLists(ctx.reader, ctx.now())),

  /** What the caller has asked for, latest first. */
  mine: forFans.query(async ({ ctx }) => ({ items: await myImports(ctx.reader, ctx.authorized.userId, ctx.now()) })),

  get: forFans.input(one).query(({ ctx, input }) => importPage(ctx.reader, input.id, watcherOf(ctx), ctx.now())),

  retry: forAdmins.input(one).mutation(async ({ ctx, input }) => {
    await ctx.write("retryImport", { id: input.id, by: ctx.authorized });
    return { ok: true as const };
  }),

  /** Stops an import: an admin any, a fan one that nobody else has asked for. */
  cancel: forFans.input(one).mutation(async ({ ctx, input }) => {
    await ctx.write("cancelImport", { id: input.id, fan: ctx.authorized, admin: allowedTo(ctx.actor, "manage-catalogue") });
    return { ok: true as const };
  }),
});
