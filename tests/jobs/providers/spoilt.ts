import fc from "fast-check";

type Path = (string | number)[];

/** Where something lies in a JSON value, at every depth. */
function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  const keys: (string | number)[] = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  return [path, ...keys.flatMap((key) => pathsOf((value as Record<string, unknown>)[key], [...path, key]))];
}

function replaced(value: unknown, [key, ...rest]: Path, by: unknown): unknown {
  if (key === undefined) return by;
  if (typeof value !== "object" || value === null) return value;
  const copy = structuredClone(value) as Record<string, unknown>;
  copy[key] = replaced(copy[key], rest, by);
  return copy;
}

const odd = fc.constantFrom<unknown>("", " ", "\u0000", "\u200b\u00a0", "\u3164", "\ufeff\n", "\ud800", null, {}, [], [null], 0, -1, 1e308, "9999-99-99", "javascript:alert(1)");

/** Any JSON, and what is most often wrong. */
export const anyJson = fc.oneof({ weight: 3, arbitrary: fc.jsonValue({ depthSize: "medium", stringUnit: "binary" }) }, { weight: 2, arbitrary: odd });

/** An answer in which some places hold something else. */
export function spoilt(answer: unknown) {
  const change = fc.tuple(fc.constantFrom(...pathsOf(answer)), anyJson);
  const changes = fc.array(change, { minLength: 1, maxLength: 5 });
  return changes.map((list) => list.reduce<unknown>((body, [path, by]) => replaced(body, path, by), answer));
}

/** Whether a reader would see something. */
export function isSeen(text: string): boolean {
  return /[\p{L}\p{M}\p{N}\p{P}\p{S}\p{Co}\p{Cn}]/u.test(text.replace(/[\p{DI}\u2800]/gu, ""));
}
