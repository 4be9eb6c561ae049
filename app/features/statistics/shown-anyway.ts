/** Asks for figures that whoever hides spoilers would not see. */
const SHOWN = ["spoilers", "shown"] as const;

export function isShownAnyway(request: Request): boolean {
  return new URL(request.url).searchParams.get(SHOWN[0]) === SHOWN[1];
}

/** A query that chooses figures, and shows them as long as they are shown. */
export function choosing(choice: Record<string, string>, asked: URLSearchParams): string {
  const query = new URLSearchParams(choice);
  if (asked.get(SHOWN[0]) === SHOWN[1]) query.set(...SHOWN);
  return `?${query.toString()}`;
}

/** The query of the same figures, shown. */
export function showingAnyway(asked: URLSearchParams): string {
  const query = new URLSearchParams(asked);
  query.set(...SHOWN);
  return `?${query.toString()}`;
}
