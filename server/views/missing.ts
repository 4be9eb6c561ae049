import { isRemoved } from "#db/queries/shows.ts";
import { AppError, notFound } from "../domain/errors.ts";
import type { Key, Reader } from "./reader.ts";

/** The error for a page that is not there: `gone` where it was removed, `not_found` where it never was. */
export async function missing(reader: Reader, kind: "artist" | "venue" | "show", key: Key): Promise<AppError> {
  if (!(await isRemoved(reader, kind, key))) return notFound(kind);
  return new AppError({ kind: "gone", reason: "gone", message: `This ${kind} has been removed.` });
}
