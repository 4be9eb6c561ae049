import type { RouteConfig } from "@remix-run/route-config";
import { index, route } from "@remix-run/route-config";

/** Every address of the site, in one place. */
export default [
  index("routes/home.tsx"),
  route("shows", "routes/shows.tsx"),
  route("shows/:slug", "routes/show.tsx"),
  route("artists", "routes/artists.tsx"),
  route("artists/ask", "routes/ask-artist.tsx"),
  route("artists/:slug", "routes/artist.tsx"),
  route("artists/:slug/shows", "routes/artist-shows.tsx"),
  route("venues/:slug", "routes/venue.tsx"),
  route("venues/:slug/shows", "routes/venue-shows.tsx"),
  route("sign-up", "routes/sign-up.tsx"),
  route("sign-in", "routes/sign-in.tsx"),
  route("sign-out", "routes/sign-out.tsx"),
  route("account", "routes/account.tsx"),
  route("imports", "routes/imports.tsx"),
  route("imports/:id", "routes/import.tsx"),
  route("admin/imports", "routes/admin-imports.tsx"),
  route("admin/jobs", "routes/admin-jobs.tsx"),
  route("moderation", "routes/moderation.tsx"),
  route("moderation/artists/:id", "routes/moderation-artist.tsx"),
  route("moderation/merges", "routes/merges.tsx"),
  route("moderation/venues/:id", "routes/moderation-venue.tsx"),
  route("moderation/matches", "routes/matches.tsx"),
  route("moderation/matches/:id", "routes/match.tsx"),
  route("moderation/links", "routes/moderation-links.tsx"),
  route("moderation/:id", "routes/moderation-case.tsx"),
  route("setup", "routes/setup.tsx"),
  route("theme", "routes/theme.tsx"),
  route("*", "routes/not-found.tsx"),
] satisfies RouteConfig;
