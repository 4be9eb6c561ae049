import { type Trees, unpack } from "./trees.ts";
import { WEIGHTS } from "./weights.ts";

let trees: Trees | null = null;

/** The trees that ship with the program, unpacked at their first use. */
export function shippedTrees(): Trees {
  trees ??= unpack(WEIGHTS);
  return trees;
}
