import type { Command } from "commander";
import { commandLine } from "#server/cli/command-line.ts";

export interface NamedCommand {
  /** From the program's name on, such as "theset user create". */
  name: string;
  command: Command;
  /** Whether it does something by itself, and not only through what is below it. */
  acts: boolean;
}

/** Nouns that show their verbs when they are asked for alone. */
const NOUNS = ["user", "token", "jobs", "links", "scores"];

/** Every command below the root: verbs, nouns and what is below them. */
export function allCommands(): NamedCommand[] {
  const root = commandLine(() => ({ run: async () => {}, runBare: async () => {} }));
  return below(root, [root.name()]);
}

function below(command: Command, names: string[]): NamedCommand[] {
  return command.commands.flatMap((one) => {
    const path = [...names, one.name()];
    return [{ name: path.join(" "), command: one, acts: !NOUNS.includes(one.name()) }, ...below(one, path)];
  });
}
