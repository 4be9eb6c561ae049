import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { workplace } from "./program.ts";

/** What bash offers after some words, the last one unfinished. */
function offers(script: string, words: string[]): string[] {
  const ask = `source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _theset; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const output = execFileSync("bash", ["--norc", "-c", ask, "bash", script, ...words], { encoding: "utf8" });
  return output.split("\n").filter(Boolean);
}

test("bash completes verbs, what is below nouns, options and choices", async () => {
  using here = workplace();
  const { stdout } = await here.run(["completion", "bash"]);
  const script = here.path("completion.bash");
  writeFileSync(script, stdout);
  const cases: [string[], string[]][] = [
    [["theset", "hea"], ["healthcheck"]],
    [["theset", "user", ""], ["create", "promote", "reset-password", "list", "--json", "--help"]],
    [["theset", "--json", "user", "pro"], ["promote"]],
    [["theset", "user", "create", "you@example.org", "--ro"], ["--role"]],
    [["theset", "jobs", "run", "trim-"], ["trim-allowances", "trim-events", "trim-jobs", "trim-answers", "trim-link-files"]],
    [["theset", "jobs", "list", "--state", ""], ["queued", "running", "failed", "done", "cancelled"]],
    [["theset", "links", "export", "--format", ""], ["csv", "json"]],
    [["theset", "sync", "s"], ["shows", "setlists"]],
    [["theset", "import", "--provider", "s"], ["setlistfm", "spotify"]],
    [["theset", "completion", "f"], ["fish"]],
    [["theset", "serve", "--"], ["--no-jobs", "--json", "--help"]],
    [["theset", "nothing-like-it"], []],
  ];
  for (const [words, offered] of cases) expect(offers(script, words), words.join(" ")).toEqual(offered);
});

test("all shells get every verb", async () => {
  using here = workplace();
  for (const shell of ["bash", "zsh", "fish"]) {
    const { stdout } = await here.run(["completion", shell]);
    for (const verb of ["serve", "reset-password", "doctor", "no-jobs"]) expect(stdout, shell).toContain(verb);
  }
});
