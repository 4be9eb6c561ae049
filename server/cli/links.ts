import { createReadStream } from "node:fs";
import { Option } from "commander";
import { BackupError } from "../backup/errors.ts";
import { isThere } from "../backup/files.ts";
import { answerWords } from "../domain/matching/link-faults.ts";
import { exportLinks } from "../links/export-links.ts";
import { LINK_FORMATS, type LinkFormat } from "../links/format.ts";
import { importLinks } from "../links/import-links.ts";
import { writeLines } from "./export.ts";
import type { Output } from "./output.ts";
import { withDatabase, type Program } from "./program.ts";
import type { Verbs } from "./verbs.ts";

export function addLinks(verbs: Verbs): void {
  const links = verbs.noun("links", "write or read a file of which artists, venues and shows are which at the providers");
  addExport(links);
  addImport(links);
}

const formatOption = () => new Option("--format <format>", "as the file's name ends unless told otherwise, else csv").choices(LINK_FORMATS);

function addExport(verbs: Verbs): void {
  verbs
    .verb("export", {
      summary: "write all links, and what has become one, as CSV or JSON; the server may go on",
      examples: [
        ["theset links export links.csv", "a table for a spreadsheet; what it would calculate is made text"],
        ["theset links export --format json | gzip > links.json.gz", "to stdout"],
      ],
    })
    .argument("[file]", "a new file; - for stdout", "-")
    .addOption(formatOption())
    .action((file: string, { format }: { format?: LinkFormat }) => verbs.run((program, out) => exportTo(program, out, { file, format: format ?? formatOf(file) })));
}

async function exportTo(program: Program, out: Output, { file, format }: { file: string; format: LinkFormat }): Promise<number> {
  if (file !== "-" && isThere(file)) throw new BackupError(`${file} is there already. Give another name, or remove it.`);
  await withDatabase(program, ({ reader }) => writeLines(exportLinks(reader, format), file));
  if (file === "-") return 0;
  out.say(`${file} holds all links.`);
  out.result({ file, format });
  return 0;
}

function addImport(verbs: Verbs): void {
  verbs
    .verb("import", {
      summary: "carry out a file of links: all of it, or nothing where a line is wrong",
      examples: [
        ["theset links import --dry-run links.csv", "only tells what it would do"],
        ["theset links import links.csv", "what is not in the file stays as it is"],
        ["gunzip -c links.json.gz | theset links import --format json -", "from stdin"],
      ],
    })
    .argument("<file>", "CSV or JSON, as `theset links export` writes it; - for stdin")
    .option("--dry-run", "change nothing")
    .addOption(formatOption())
    .action((file: string, { dryRun = false, format }: { dryRun?: boolean; format?: LinkFormat }) =>
      verbs.run((program, out) => importFrom(program, out, { file, dryRun, format: format ?? formatOf(file) })),
    );
}

async function importFrom(program: Program, out: Output, { file, dryRun, format }: { file: string; dryRun: boolean; format: LinkFormat }): Promise<number> {
  if (file !== "-" && !isThere(file)) throw new BackupError(`There is no file ${file}.`);
  const source: AsyncIterable<Uint8Array> = file === "-" ? process.stdin : createReadStream(file);
  const outcome = await withDatabase(program, ({ write }) => importLinks({ write, by: null, source, format, dryRun }));
  const answer = answerWords(outcome, { dryRun, format });
  if (answer.ok) out.say(answer.words);
  else for (const problem of [...answer.problems, ...(answer.more > 0 ? [`And ${answer.more} more.`] : []), "Nothing was changed."]) out.note(problem);
  out.result({ dryRun, ...outcome });
  return outcome.ok ? 0 : 1;
}

function formatOf(file: string): LinkFormat {
  return /\.json$/i.test(file) ? "json" : "csv";
}
