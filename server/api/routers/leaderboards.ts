import * as z from "zod";
import { leaderboard, leaderboardList } from "../../views/leaderboard.ts";
import { cursor, id, key, limit } from "../inputs.ts";
import { procedure, router } from "../trpc.ts";

const YEAR_WANTED = "Give a year such as 2026.";
const year = z.number(YEAR_WANTED).int(YEAR_WANTED).min(1900, YEAR_WANTED).max(2999, YEAR_WANTED);
const tour = z.string().min(1, "Name the tour.").max(500);

/** Fans that can be chosen at once. */
const MOST_FANS = 500;
const page = z.object({ fans: z.array(id).max(MOST_FANS, `At most ${MOST_FANS} fans.`).optional(), cursor: cursor.optional(), limit: limit(50) });

const board = z
  .discriminatedUnion("board", [
    page.extend({ board: z.literal("all") }),
    page.extend({ board: z.literal("year"), year }),
    page.extend({ board: z.literal("artist"), artist: key }),
    page.extend({ board: z.literal("tour"), artist: key, tour }),
  ], "Choose a board: all, year, artist or tour.")
  .prefault({ board: "all" });

export const leaderboardsRouter = router({
  /** Fans by rating: of all time, a year, an artist or a tour. */
  list: procedure.input(board).query(({ ctx, input }) => {
    const { fans, cursor, limit, ...choice } = input;
    return leaderboard(ctx.reader, { choice, fans, cursor, limit, userId: ctx.actor?.userId ?? null });
  }),

  /** Which boards there are. */
  boards: procedure.input(z.object({ artist: key.optional() }).prefault({})).query(({ ctx, input }) => leaderboardList(ctx.reader, input)),
});
