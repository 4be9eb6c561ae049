import type { Command } from "commander";
import { expect, test } from "vitest";
import { allCommands } from "#tests/support/commands.ts";

function helpOf(command: Command): string {
  let help = "";
  command.configureOutput({ writeOut: (text) => (help += text) });
  command.outputHelp();
  return help;
}

test.each(allCommands())("$name has a summary, a description, and examples of its own in its help", ({ name, command }) => {
  expect(command.summary()).toMatch(/^[a-zA-Z].*[^.]$/);
  expect(command.description()).toMatch(/^[A-Z].*\.$/);
  const help = helpOf(command);
  expect(help).toContain("--json");
  expect(help.split("\nExamples:\n")[1]).toContain(name);
});

test.each(allCommands())("$name says of each argument and option what it is", ({ command }) => {
  const nameless = [...command.registeredArguments, ...command.options].filter(({ description }) => !description);
  expect(nameless).toEqual([]);
});
