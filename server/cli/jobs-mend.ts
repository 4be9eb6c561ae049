import { Argument } from "commander";
import type { Write } from "../commands/registry.ts";
import { AppError } from "../domain/errors.ts";
import { readJobs } from "../views/jobs.ts";
import { wholeNumber } from "./inputs.ts";
import type { Output } from "./output.ts";
import { UsageError, withDatabase, type Program } from "./program.ts";
import type { Verbs } from "./verbs.ts";

/** So many are tried again at once. */
const MOST_RETRIED = 10_000;
const TAKEN_UP = "A running server or `theset work` takes it up.";

export function addRetry(verbs: Verbs): void {
  verbs
    .verb("retry", {
      summary: "put a job that has failed, was cancelled or put off back into the queue, due now",
      examples: [
        ["theset jobs retry 12", "from where it stopped; `theset jobs list` shows the numbers"],
        ["theset jobs retry --failed", "all that have failed"],
      ],
    })
    .addArgument(new Argument("[id]", "the job's number").argParser(wholeNumber))
    .option("--failed", "all that have failed")
    .action((id: number | undefined, { failed = false }: { failed?: boolean }) =>
      verbs.run(async (program, out) => {
        if ((id !== undefined) === failed) throw new UsageError("Give the number of a job, or --failed.");
        return id === undefined ? retryFailed(program, out) : retryOne(program, out, id);
      }),
    );
}

export function addCancel(verbs: Verbs): void {
  verbs
    .verb("cancel", {
      summary: "take a job out of the queue, or stop it after the step that it is at",
      examples: [["theset jobs cancel 12", "what came in by it stays; `theset jobs retry 12` takes it up again"]],
    })
    .addArgument(new Argument("<id>", "the job's number").argParser(wholeNumber))
    .action((id: number) =>
      verbs.run((program, out) =>
        withDatabase(program, async ({ write }) => {
          await write("cancelJob", { id, by: null });
          out.say(`Job ${id} is cancelled.`);
          out.result({ id, state: "cancelled" });
          return 0;
        }),
      ),
    );
}

function retryOne(program: Program, out: Output, id: number): Promise<number> {
  return withDatabase(program, async ({ write }) => {
    await retry(write, id);
    out.say(`Job ${id} is in the queue again. ${TAKEN_UP}`);
    out.result({ retried: [id] });
    return 0;
  });
}

/** Those that can't be tried again are told one by one, and stay as they are. */
function retryFailed(program: Program, out: Output): Promise<number> {
  return withDatabase(program, async ({ reader, write }) => {
    const retried: number[] = [];
    for (const { id } of await readJobs(reader, ["failed"], MOST_RETRIED)) {
      const refusal = await retry(write, id).catch(refusalOf);
      if (refusal) out.note(refusal.message);
      else retried.push(id);
    }
    out.say(retried.length === 0 ? "No job has failed that can be tried again." : `${retried.length} in the queue again. ${TAKEN_UP}`);
    out.result({ retried });
    return 0;
  });
}

function retry(write: Write, id: number): Promise<void> {
  return write("retryJob", { id, by: null });
}

function refusalOf(error: unknown): AppError {
  if (error instanceof AppError) return error;
  throw error;
}
