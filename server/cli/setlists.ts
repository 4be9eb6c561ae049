import { readFile, stat } from "node:fs/promises";
import { Option } from "commander";
import { BackupError } from "../backup/errors.ts";
import { isThere } from "../backup/files.ts";
import { setlistFaultWords } from "../domain/setlists/file-faults.ts";
import { MOST_FILE_BYTES, SETLIST_FORMATS, type SetlistFormat } from "../domain/setlists/setlist-file.ts";
import { exportSetlists } from "./setlists-export.ts";
import { importSetlists } from "./setlists-import.ts";
import { writeLines } from "./export.ts";
import type { Output } from "./output.ts";
import { withDatabase, type Program } from "./program.ts";
import type { Verbs } from "./verbs.ts";

export function addSetlists(verbs: Verbs): void {
  const setlists = verbs.noun("setlists", "write or read a file of what was played, as it was written down here");
  addExport(setlists);
  addImport(setlists);
}

const formatOption = () => new Option("--format <format>", "as the file's name ends unless told otherwise, else csv").choices(SETLIST_FORMATS);

interface ExportOptions {
  format?: SetlistFormat;
  artist?: string;
}

function addExport(verbs: Verbs): void {
  verbs
    .verb("export", {
      summary: "write all setlists that were written down here, as CSV or JSON; the server may go on",
      examples: [
        ["theset setlists export setlists.csv", "a table, a row for each song; what a spreadsheet would calculate is made text"],
        ["theset setlists export --artist nina-simone --format json", "one artist's, to stdout"],
      ],
    })
    .argument("[file]", "a new file; - for stdout", "-")
    .option("--artist <slug>", "one artist's alone, by the last part of its address or its name")
    .addOption(formatOption())
    .action((file: string, { format, artist }: ExportOptions) => verbs.run((program, out) => exportTo(program, out, { file, artist: artist ?? null, format: format ?? formatOf(file) })));
}

async function exportTo(program: Program, out: Output, { file, artist, format }: { file: string; artist: string | null; format: SetlistFormat }): Promise<number> {
  if (file !== "-" && isThere(file)) throw new BackupError(`${file} is there already. Give another name, or remove it.`);
  await withDatabase(program, async ({ reader }) => writeLines(await exportSetlists(reader, { artist, format }), file));
  if (file === "-") return 0;
  out.say(`${file} holds all setlists that were written down here.`);
  out.result({ file, format });
  return 0;
}

function addImport(verbs: Verbs): void {
  verbs
    .verb("import", {
      summary: "write down the setlists of a file: all of them, or none where a line is wrong",
      examples: [
        ["theset setlists import --dry-run setlists.csv", "only tells what it would do"],
        ["theset setlists import setlists.csv", "each takes the place of what was written down of its show before"],
      ],
    })
    .argument("<file>", "CSV or JSON, as `theset setlists export` writes it; - for stdin")
    .option("--dry-run", "change nothing")
    .addOption(formatOption())
    .action((file: string, { dryRun = false, format }: { dryRun?: boolean; format?: SetlistFormat }) =>
      verbs.run((program, out) => importFrom(program, out, { file, dryRun, format: format ?? formatOf(file) })),
    );
}

async function importFrom(program: Program, out: Output, { file, dryRun, format }: { file: string; dryRun: boolean; format: SetlistFormat }): Promise<number> {
  const text = await textOf(file);
  const outcome = await withDatabase(program, ({ reader, write }) => importSetlists({ reader, write, text, format, dryRun, now: Date.now() }));
  if (outcome.ok) {
    out.say(`${dryRun ? "It would be: " : ""}${count(outcome.setlists, "setlist")}, ${count(outcome.songs, "song")}.${dryRun ? " Nothing was changed." : ""}`);
    for (const { line, titles } of outcome.unmatched) out.note(`${format === "csv" ? "Line" : "Item"} ${line}: no song of the artist matches ${titles.map((title) => `"${title}"`).join(", ")}. ${dryRun ? "They would wait" : "They wait"} under Titles for a moderator.`);
  } else for (const fault of [...outcome.faults.map((one) => setlistFaultWords(one, format)), ...(outcome.written > 0 ? [`${count(outcome.written, "setlist")} before that were written down; the same file can be sent again.`] : ["Nothing was changed."])]) out.note(fault);
  out.result({ dryRun, ...outcome });
  return outcome.ok ? 0 : 1;
}

async function textOf(file: string): Promise<string> {
  if (file !== "-" && !isThere(file)) throw new BackupError(`There is no file ${file}.`);
  if (file !== "-" && (await stat(file)).size > MOST_FILE_BYTES) throw tooLarge();
  return file === "-" ? fromStdin() : readFile(file, "utf8");
}

async function fromStdin(): Promise<string> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of process.stdin as AsyncIterable<Buffer>) {
    bytes += piece.byteLength;
    if (bytes > MOST_FILE_BYTES) throw tooLarge();
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString();
}

function tooLarge(): BackupError {
  return new BackupError(setlistFaultWords({ line: null, reason: "too_large", most: MOST_FILE_BYTES }, "csv"));
}

function count(n: number, one: string): string {
  return `${n} ${n === 1 ? one : `${one}s`}`;
}

function formatOf(file: string): SetlistFormat {
  return /\.json$/i.test(file) ? "json" : "csv";
}
