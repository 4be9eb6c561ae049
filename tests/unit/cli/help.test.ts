import type { Command } from "commander";
import { expect, test } from "vitest";
import { commandLine } from "#server/cli/command-line.ts";

const nothing = { run: async () => {}, runBare: async () => {} };

/** The commands that do something, with their names from the root on. */
function leaves(command: Command, before: string[] = []): { name: string; command: Command }[] {
  const names = [...before, command.name()];
  if (command.commands.length === 0) return [{ name: names.join(" "), command }];
  return command.commands.flatMap((one) => leaves(one, names));
}

function helpOf(command: Command | null): string {
  let help = "";
  command?.configureOutput({ writeOut: (text) => (help += text) });
  command?.outputHelp();
  return help;
}

test.each(leaves(commandLine(() => nothing)))("$name has a summary, and an example in its help or in that of the verb above", ({ name, command }) => {
  expect(command.summary()).toMatch(/^[a-zA-Z].*[^.]$/);
  expect(helpOf(command)).toContain("--json");
  const examples = [command, command.parent].map((one) => helpOf(one).split("\nExamples:\n")[1]);
  expect(examples.join("\n")).toContain(name);
});
