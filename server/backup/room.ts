import { freeBytes, megabytes } from "./files.ts";

/** Less free room than this and the server says that it is not ready, in bytes: votes need some, and so does the log. */
export const LEAST_FREE_BYTES = 16 * 2 ** 20;

/** Null while there is room for what fans write, else why not. `free`: bytes left where a folder is. */
export async function roomProblem(folder: string, free: (folder: string) => Promise<number> = freeBytes): Promise<string | null> {
  const left = await free(folder);
  return left >= LEAST_FREE_BYTES ? null : `The disk is nearly full: ${megabytes(left)} are free.`;
}
