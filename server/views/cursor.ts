import { invalid } from "../domain/errors.ts";

/** A place in a list as an opaque string. */
export function encodeCursor(place: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(place)).toString("base64url");
}

/** The place a cursor stands for: one value for each type named. Throws `invalid` for anything else. */
export function decodeCursor<const T extends readonly ("string" | "number")[]>(
  cursor: string,
  types: T,
): { [K in keyof T]: T[K] extends "string" ? string : number } {
  const place = parse(Buffer.from(cursor, "base64url").toString());
  const fits =
    Array.isArray(place) && place.length === types.length && types.every((type, i) => isPlace(place[i], type));
  if (!fits) throw invalid("cursor", "This cursor is not one that a list gave out.");
  return place as { [K in keyof T]: T[K] extends "string" ? string : number };
}

function isPlace(value: unknown, type: "string" | "number"): boolean {
  return type === "string" ? typeof value === "string" : Number.isSafeInteger(value);
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
