import * as z from "zod";
import { ROLES } from "../../domain/scoring/played.ts";
import { myVotes } from "../../views/my-votes.ts";
import { cursor, id, limit } from "../inputs.ts";
import { procedureFor, router } from "../trpc.ts";
import { answer, callAnswer, result } from "../verdicts.ts";

const forFans = procedureFor("vote");
const oneCall = z.object({ setlistSongId: id, role: z.enum(ROLES, "Give a role: opener, closer or encore.") });
const oneSong = z.object({ setlistSongId: id });

/** Most votes in one `castMany`: a day's allowance. */
const MANY = 50;

export const votesRouter = router({
  cast: forFans.input(oneSong).mutation(async ({ ctx, input }) => {
    const network = ctx.request.address;
    const outcome = await ctx.write("castVotes", { fan: ctx.authorized, setlistSongId: input.setlistSongId, network });
    return answer(outcome, "counted");
  }),

  castMany: forFans
    .input(z.object({ setlistSongIds: z.array(id).min(1).max(MANY) }))
    .mutation(async ({ ctx, input }) => {
      const [fan, network] = [ctx.authorized, ctx.request.address];
      const cast = (setlistSongId: number) => ctx.write("castVotes", { fan, setlistSongId, network });
      const outcomes = await Promise.all(input.setlistSongIds.map(cast));
      return { results: outcomes.map((outcome, i) => result(input.setlistSongIds[i]!, outcome)) };
    }),

  retract: forFans.input(oneSong).mutation(async ({ ctx, input }) => {
    const outcome = await ctx.write("retractVotes", { fan: ctx.authorized, setlistSongId: input.setlistSongId });
    return answer(outcome, "retracted");
  }),

  /** Names a song voted for as opener, closer or encore song. */
  callSong: forFans.input(oneCall).mutation(async ({ ctx, input }) => callAnswer(await ctx.write("callSong", { fan: ctx.authorized, ...input }))),

  /** Takes that back. */
  takeCallBack: forFans.input(oneCall).mutation(async ({ ctx, input }) => callAnswer(await ctx.write("takeCallBack", { fan: ctx.authorized, ...input }))),

  mine: forFans
    .input(z.object({ cursor: cursor.optional(), limit: limit(20) }).default({ limit: 20 }))
    .query(({ ctx, input }) =>
      myVotes(ctx.reader, { ...input, userId: ctx.authorized.userId, now: ctx.now() }),
    ),
});
