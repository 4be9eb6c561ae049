import { expect, test } from "vitest";
import { FEATURES } from "#server/domain/forecast/features.ts";
import { shippedTrees } from "#server/domain/forecast/shipped.ts";
import { logOdds, unpack } from "#server/domain/forecast/trees.ts";
import { pack } from "../../../../scripts/train-forecast/pack.ts";
import { smallTrees, smallWeights } from "./stage.ts";

const row = (plays: number) => Float32Array.from(FEATURES, (name) => (name === "plays of 10" ? plays : 0));

test("a tree answers by its threshold, and what is not known answers yes", () => {
  const said = [9, 9.5, 10, Number.NaN].map((plays) => logOdds(smallTrees(), row(plays), 0));
  expect(said).toEqual([-2, -2, 2, -2]);
});

test("a row is read from where it begins", () => {
  const two = new Float32Array(FEATURES.length * 2);
  two.set(row(0), 0);
  two.set(row(10), FEATURES.length);
  expect([0, FEATURES.length].map((start) => logOdds(smallTrees(), two, start))).toEqual([-2, 2]);
});

test("several trees add up from the base", () => {
  const small = smallWeights();
  const twice = unpack({ ...small, base: 0.5, packed: btoa(atob(small.packed).repeat(2)) });
  expect(logOdds(twice, row(10), 0)).toBe(4.5);
});

test("trees that were packed after training say what they said in training", () => {
  const feature = FEATURES.indexOf("gap");
  const edges = FEATURES.map(() => Float32Array.from([1, 5]));
  const known = { feature, bin: 2, yes: { value: -0.25 }, no: { value: 0.75 } };
  const trees = unpack(pack({ base: 0, trees: [{ feature, bin: 0, yes: { value: 0.125 }, no: known }] }, edges));
  const said = [Number.NaN, 1, 5, 6].map((gap) => logOdds(trees, Float32Array.from(FEATURES, (_, i) => (i === feature ? gap : 0)), 0));
  expect(said).toEqual([0.125, -0.25, -0.25, 0.75]);
});

test.each([
  ["another version", { version: 0 }],
  ["other features", { features: FEATURES.slice(1) }],
])("weights of %s are refused, with what to do", (_, changes) => {
  expect(() => unpack(smallWeights(changes))).toThrow(/train them anew/);
});

test("the weights that ship fit this program", () => {
  expect(shippedTrees().roots.length).toBeGreaterThan(50);
});
