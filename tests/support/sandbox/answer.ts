/** What one of the four answers; `json` absent for an empty body. */
export interface Answer {
  status: number;
  headers?: Record<string, string>;
  json?: unknown;
  /** Not as JSON. */
  text?: string;
}

/** A request, as far as the four look at it. */
export interface Asked {
  method: string;
  url: URL;
  /** Below the provider's base. */
  path: string;
  headers: Record<string, string>;
  body: string;
}

/** Shown words alike, whatever their case, accents and marks. */
export function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

/** How well a name fits what was sought, 100 for the same; 0 for not at all. */
export function likeness(sought: string, name: string): number {
  const [a, b] = [plain(sought), plain(name)];
  if (a === "") return 0;
  if (a === b) return 100;
  const words = new Set(b.split(" "));
  const shared = a.split(" ").filter((word) => words.has(word) && word !== "the").length;
  return shared === 0 ? 0 : Math.round((90 * shared) / Math.max(words.size, a.split(" ").length));
}

export function slug(text: string): string {
  return plain(text).replaceAll(" ", "-") || "x";
}

/** A whole number of the query within bounds; `otherwise` where it is absent or none. */
export function numberOf(url: URL, name: string, otherwise: number, least = 0, most = Number.MAX_SAFE_INTEGER): number {
  const value = url.searchParams.get(name);
  const number = value !== null && /^\d+$/.test(value) ? Number(value) : otherwise;
  return Math.min(most, Math.max(least, number));
}
