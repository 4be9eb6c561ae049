import { createCookie } from "@remix-run/node";
import { isFresh } from "#server/domain/results/fresh.ts";

const YEAR_SECONDS = 31_536_000;
/** Shows of one visit of which somebody wanted to see what was played. */
const MOST_SHOWN = 50;

const options = { sameSite: "lax", httpOnly: true } as const;
const hiding = createCookie("spoilers", { ...options, maxAge: YEAR_SECONDS });
/** Until the browser is closed. */
const shown = createCookie("played", options);

/** Whether this browser hides what was played lately. */
export async function hidesSpoilers(request: Request): Promise<boolean> {
  return (await hiding.parse(request.headers.get("Cookie"))) === "hidden";
}

interface SpoiledShow {
  show: { id: number; localDate: string };
  venue: { timeZone: string };
}

/** Whether what was played at a show is to stay hidden from whoever asks; `now` an ISO instant. */
export async function isConcealed(request: Request, { show, venue }: SpoiledShow, now: string): Promise<boolean> {
  if (!(await hidesSpoilers(request))) return false;
  if (!isFresh({ localDate: show.localDate, timeZone: venue.timeZone }, Date.parse(now))) return false;
  return !(await shownShows(request)).includes(show.id);
}

/** A day ends here last. */
const LAST_ZONE = "Etc/GMT+12";

/** Whether figures that reach to a local date somewhere are to stay hidden from whoever asks; `now` an ISO instant. */
export async function concealsFiguresTo(request: Request, localDate: string, now: string): Promise<boolean> {
  return (await hidesSpoilers(request)) && isFresh({ localDate, timeZone: LAST_ZONE }, Date.parse(now));
}

/** The Set-Cookie header that begins or ends the hiding, below the base path. */
export function hidingCookie(hide: boolean, basePath: string): Promise<string> {
  const path = basePath || "/";
  return hiding.serialize(hide ? "hidden" : "", hide ? { path } : { path, maxAge: 0 });
}

/** The Set-Cookie header that shows one show for the rest of the visit, or hides it again. */
export async function shownCookie(request: Request, { showId, show }: { showId: number; show: boolean }, basePath: string): Promise<string> {
  const others = (await shownShows(request)).filter((id) => id !== showId);
  return shown.serialize(show ? [...others, showId].slice(-MOST_SHOWN) : others, { path: basePath || "/" });
}

async function shownShows(request: Request): Promise<number[]> {
  const ids: unknown = await shown.parse(request.headers.get("Cookie"));
  return Array.isArray(ids) ? ids.filter((id): id is number => Number.isSafeInteger(id)) : [];
}
