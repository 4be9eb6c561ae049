/** A path of this site to go back to; anything that could lead elsewhere becomes `fallback`. */
export function returnPath(value: unknown, fallback = "/"): string {
  if (typeof value !== "string" || !value.startsWith("/")) return fallback;
  if (/^\/[/\\]|[\p{Cc}\\]/u.test(value)) return fallback;
  return value;
}

/** Path and query of a request, without what Remix adds to its own data requests. */
export function pathOf(request: Request): string {
  const url = new URL(request.url);
  return url.pathname.replace(/\.data$/, "") + url.search;
}
