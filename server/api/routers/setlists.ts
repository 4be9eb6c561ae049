import * as z from "zod";
import { LONGEST_NOTE, LONGEST_TITLE, MOST_SETS, MOST_SONGS } from "../../domain/setlists/written-down.ts";
import { actualSetlists } from "../../views/actual-setlists.ts";
import { recordedState, recordingPage } from "../../views/recording.ts";
import { presentAllowance } from "../../views/show-page.ts";
import { unmatchedTitles } from "../../views/unmatched-titles.ts";
import { cursor, id, key, limit, line, text } from "../inputs.ts";
import { procedure, procedureFor, router } from "../trpc.ts";

const forModerators = procedureFor("moderate");

const words = line(LONGEST_TITLE).nullable().default(null).transform((said) => said || null);
const yes = z.boolean().default(false);
const song = z.object({
  title: line(LONGEST_TITLE).default(""),
  songId: id.nullable().default(null),
  coverOf: words,
  guest: words,
  tape: yes,
  note: words,
  segue: yes,
  medley: z.number().int().min(1).max(MOST_SONGS).nullable().default(null),
});
const set = z.object({
  name: words,
  encore: z.number().int().min(1).max(MOST_SETS).nullable().default(null),
  songs: z.array(song).max(MOST_SONGS, `A setlist has at most ${MOST_SONGS} songs.`),
});
/** Of what was written down here: a count, and which save it was. */
const version = z.string().max(40).nullable().optional();
const written = z.object({
  show: key,
  /** The version that was there when the writer began, null for none; left out to replace whatever is there. */
  version,
  /** Names this save, so that its writer knows it again in the version. */
  save: z.string().regex(/^[a-z0-9]{8,24}$/, "Give 8 to 24 small letters and digits by chance.").optional(),
  sets: z.array(set).max(MOST_SETS, `A setlist has at most ${MOST_SETS} sets and encores.`),
  note: text(LONGEST_NOTE).nullable().default(null).transform((said) => said || null),
  /** That's all: nothing more is to come. Left out, what was final stays so. */
  finished: z.boolean().optional(),
});

const title = z.object({ artist: id, titleKey: z.string().min(1, "Give the title's key.").max(1_000) });
const listed = z
  .object({ status: z.enum(["open", "not_a_song"], "Give open or not_a_song.").default("open"), cursor: cursor.optional(), limit: limit(24) })
  .prefault({});

const unmatchedRouter = router({
  /** Played titles that are none of their artists' songs, the most played first, with how many there are in each state. */
  list: forModerators.input(listed).query(({ ctx, input }) => unmatchedTitles(ctx.reader, input)),

  /** What a title is: a song by its id, a new song, or none. */
  decide: forModerators
    .input(
      title.extend({
        verdict: z.discriminatedUnion("is", [z.object({ is: z.literal("song"), songId: id }), z.object({ is: z.literal("new_song") }), z.object({ is: z.literal("not_a_song") })]),
      }),
    )
    .mutation(({ ctx, input: { artist, titleKey, verdict } }) => ctx.write("decideTitle", { artistId: artist, titleKey, verdict, by: ctx.authorized })),

  /** Takes back that a title is no song, or that it is another song's. */
  reopen: forModerators.input(title).mutation(async ({ ctx, input: { artist, titleKey } }) => {
    await ctx.write("reopenTitle", { artistId: artist, titleKey, by: ctx.authorized });
    return { ok: true as const };
  }),
});

export const setlistsRouter = router({
  actual: procedure.input(z.object({ show: key })).query(({ ctx, input }) => actualSetlists(ctx.reader, input.show)),

  /** A show as the one who writes its setlist down sees it. */
  recording: forModerators.input(z.object({ show: key })).query(({ ctx, input }) => recordingPage(ctx.reader, input.show, ctx.now())),

  /** What was written down of it so far, without what to choose from. */
  recorded: forModerators.input(z.object({ show: key })).query(({ ctx, input }) => recordedState(ctx.reader, input.show)),

  /** Writes down what was played at a show, in place of what was written down before. */
  record: forModerators
    .input(written)
    .mutation(({ ctx, input: { version, ...setlist } }) => ctx.write("recordSetlist", { ...setlist, expected: version, by: ctx.authorized })),

  /** Removes what was written down here, so that a provider's setlist counts again. */
  remove: forModerators.input(z.object({ show: key, version })).mutation(async ({ ctx, input }) => {
    await ctx.write("removeRecordedSetlist", { show: input.show, expected: input.version, by: ctx.authorized });
    return { ok: true as const };
  }),

  suggest: procedureFor("vote")
    .input(z.object({ show: key, songId: id }))
    .mutation(async ({ ctx, input }) => {
      const added = await ctx.write("suggestSong", { ...input, fan: ctx.authorized });
      return { ...added, allowance: presentAllowance(added.allowance) };
    }),

  unmatched: unmatchedRouter,
});
