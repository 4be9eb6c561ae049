import { setlistFaultWords, type SetlistFault } from "#server/domain/setlists/file-faults.ts";
import { readSetlistFile } from "#server/domain/setlists/setlist-file.ts";
import type { SetLines } from "#server/domain/setlists/written-down.ts";

/** The setlist of a show of a date that a form has brought, pasted or as a file, or what is wrong with it, line by line. */
export async function readSent(form: FormData, date: string): Promise<{ sets: SetLines[] } | { lines: string[] }> {
  const text = await textOf(form);
  const format = /^\s*\[/.test(text) ? "json" : "csv";
  const { setlists, faults } = readSetlistFile(text, format, { whole: false });
  const wordsOf = (fault: SetlistFault) => setlistFaultWords(fault, format);
  if (faults.length > 0) return { lines: faults.map(wordsOf) };
  const others = setlists.filter(({ localDate }) => localDate !== "" && localDate !== date);
  if (others.length > 0) return { lines: others.map(({ line, localDate }) => wordsOf({ line, reason: "refused", message: `It is of ${localDate}, and this show is on ${date}. Take out what is of another show.` })) };
  if (setlists.length > 1) return { lines: [`It holds ${setlists.length} setlists. Take out what is of another show.`] };
  return { sets: setlists[0]!.sets };
}

async function textOf(form: FormData): Promise<string> {
  const [file, pasted] = [form.get("file"), form.get("pasted")];
  if (file instanceof Blob && file.size > 0) return file.text();
  return typeof pasted === "string" ? pasted : "";
}
