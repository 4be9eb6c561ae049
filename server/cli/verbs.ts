import type { Command } from "commander";
import type { Output } from "./output.ts";
import type { Carried, Program } from "./program.ts";

/** What a verb does, with its settings read; resolves with the exit code. */
export type Work = (program: Program, out: Output) => Promise<number>;
/** What a verb does that looks at the settings itself, or needs none. */
export type BareWork = (carried: Carried, out: Output) => Promise<number> | number;

export interface Told {
  /** One line of `theset --help`. */
  summary: string;
  /** What one would type, and what that does. At least one. */
  examples: readonly (readonly [command: string, what: string])[];
}

/**
 * The command line under construction. Each verb or noun has a file `server/cli/<name>.ts` with one
 * function `add<Name>(verbs)`, which run.ts calls:
 *
 *     export function addBackup(verbs: Verbs): void {
 *       verbs
 *         .verb("backup [file]", { summary: "copy the database while it runs", examples: [["theset backup", "into data/backups"]] })
 *         .option("--keep <n>", "how many stay", wholeNumber)
 *         .action((file: string | undefined, { keep }: { keep?: number }) =>
 *           verbs.run(async ({ config }, out) => { …; out.say("Done."); out.result({ … }); return 0; }));
 *     }
 *
 * --json is there for every verb. Thrown errors become a line on stderr and exit code 1, `UsageError` 2.
 */
export interface Verbs {
  /** A verb with its arguments as commander has them. */
  verb(usage: string, told: Told): Command;
  /** A noun, such as `user`, to hang verbs on. */
  noun(name: string, summary: string): Verbs;
  run(work: Work): Promise<void>;
  runBare(work: BareWork): Promise<void>;
  /** The whole command line, such as completion needs it. */
  readonly root: Command;
}

export interface Ending {
  code: number;
}

export interface Runner {
  run(work: Work): Promise<void>;
  runBare(work: BareWork): Promise<void>;
}

export function verbsOf(root: Command, runner: Runner, under: Command = root): Verbs {
  return {
    root,
    ...runner,
    verb: (usage, told) => explain(under.command(usage), told),
    noun: (name, summary) => verbsOf(root, runner, explainNoun(under.command(name), summary)),
  };
}

/** What each explained command was told. */
const explained = new WeakMap<Command, Told>();

/** Gives a command its help; for one that is made by hand, below another verb. */
export function explain(command: Command, told: Told): Command {
  explained.set(command, told);
  return command.summary(told.summary).description(sentence(told.summary)).addHelpText("after", exampleText(told.examples));
}

/** A noun shows the first example of each of its verbs. */
function explainNoun(command: Command, summary: string): Command {
  const firstOnes = () => command.commands.flatMap((verb) => explained.get(verb)?.examples.slice(0, 1) ?? []);
  return command.summary(summary).description(sentence(summary)).addHelpText("after", () => exampleText(firstOnes()));
}

function exampleText(examples: Told["examples"]): string {
  return `\nExamples:\n${examples.map(([typed, what]) => `  ${typed}\n      ${what}`).join("\n")}`;
}

function sentence(summary: string): string {
  return `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`;
}
