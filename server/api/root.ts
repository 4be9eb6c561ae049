import { showsDemo } from "../views/account.ts";
import { authRouter, tokensRouter } from "./routers/auth.ts";
import { artistsRouter, songsRouter, venuesRouter } from "./routers/catalogue.ts";
import { forecastRouter } from "./routers/forecast.ts";
import { importsRouter } from "./routers/imports.ts";
import { jobsRouter, providersRouter } from "./routers/jobs.ts";
import { leaderboardsRouter } from "./routers/leaderboards.ts";
import { liveRouter } from "./routers/live.ts";
import { matchingRouter } from "./routers/matching.ts";
import { moderationRouter } from "./routers/moderation.ts";
import { resultsRouter } from "./routers/results.ts";
import { setlistsRouter } from "./routers/setlists.ts";
import { showsRouter } from "./routers/shows.ts";
import { votesRouter } from "./routers/votes.ts";
import { procedure, router } from "./trpc.ts";

export const appRouter = router({
  artists: artistsRouter,
  auth: authRouter,
  forecast: forecastRouter,
  imports: importsRouter,
  jobs: jobsRouter,
  leaderboards: leaderboardsRouter,
  live: liveRouter,
  matching: matchingRouter,
  moderation: moderationRouter,
  providers: providersRouter,
  results: resultsRouter,
  setlists: setlistsRouter,
  shows: showsRouter,
  site: router({
    /** What every page says of the site. */
    status: procedure.query(async ({ ctx }) => ({ demo: await showsDemo(ctx.reader) })),
  }),
  songs: songsRouter,
  tokens: tokensRouter,
  venues: venuesRouter,
  votes: votesRouter,
});

export type { LiveShowEvent } from "./routers/live.ts";
export type AppRouter = typeof appRouter;
