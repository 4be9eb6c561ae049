import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { EXAMPLES, variables, type VariableName } from "#server/config/variables.ts";

/** Read before any setting is, by the part that unpacks the executable's library. */
const ELSEWHERE = ["CACHE_DIR"];

const lines = readFileSync(".env.example", "utf8")
  .split("\n")
  .map((line) => /^#([A-Z][A-Z0-9_]*)=(.*)$/.exec(line))
  .filter((found) => found !== null)
  .map(([, name, value]) => ({ name: name as VariableName, value: value ?? "" }));

it("lists every setting once, and none that there is not", () => {
  expect(lines.map(({ name }) => name).toSorted()).toEqual([...Object.keys(variables.shape), ...ELSEWHERE].toSorted());
});

it("holds only values that are taken, as do the error messages", () => {
  const taken = (name: VariableName, value: string) => variables.shape[name].safeParse(value).success;
  const filled = lines.filter(({ name, value }) => value !== "" && !ELSEWHERE.includes(name));
  expect(filled.length).toBeGreaterThan(10);
  expect(filled.filter(({ name, value }) => !taken(name, value))).toEqual([]);
  const examples = Object.entries(EXAMPLES) as [VariableName, string][];
  expect(examples.filter(([name, value]) => !taken(name, value))).toEqual([]);
});
