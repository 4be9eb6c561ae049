/** What browsers take for a step upwards, which could leave the base path. */
const UPWARDS = /\/(\.|%2e){1,2}(\/|$)/i;

/** A path of this site, below its base, to go back to; anything that could lead elsewhere becomes `fallback`. */
export function returnPath(value: unknown, fallback = "/"): string {
  if (typeof value !== "string" || !value.startsWith("/")) return fallback;
  if (/^\/[/\\]|[\p{Cc}\\]/u.test(value) || UPWARDS.test(value.split(/[?#]/, 1)[0]!)) return fallback;
  return value;
}

/** Path and query of a request below the base path, without what Remix adds to its own data requests. */
export function pathOf(request: Request, basePath: string): string {
  const url = new URL(request.url);
  const path = url.pathname.replace(/\.data$/, "").slice(basePath.length);
  return (path || "/") + url.search;
}
