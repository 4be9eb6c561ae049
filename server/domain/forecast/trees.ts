import { FEATURES } from "./features.ts";

/** The shape of packed trees and the meaning of features that this program reads. */
export const WEIGHTS_VERSION = 1;
const LEAF = 255;
const NODE_BYTES = 5;

/** The trees as they are stored: nodes from the root down, yes before no, 5 bytes each, in base64. */
export interface PackedWeights {
  version: number;
  features: readonly string[];
  base: number;
  packed: string;
}

/** Trees ready for use: parallel arrays of nodes. The yes of a node is the next one. */
export interface Trees {
  base: number;
  roots: number[];
  features: Uint8Array;
  /** A node's threshold or a leaf's log-odds. */
  values: Float32Array;
  no: Uint32Array;
}

/** Unpacks weights. Throws a RangeError when they were made for another program than this one. */
export function unpack({ version, features, base, packed }: PackedWeights): Trees {
  if (version !== WEIGHTS_VERSION || features.join() !== FEATURES.join()) {
    throw new RangeError(`The forecast's weights have version ${version} and this program reads ${WEIGHTS_VERSION}; train them anew.`);
  }
  const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  const count = bytes.length / NODE_BYTES;
  const view = new DataView(bytes.buffer);
  const trees: Trees = {
    base, roots: [], features: new Uint8Array(count), values: new Float32Array(count), no: new Uint32Array(count),
  };
  for (let node = 0; node < count; node += 1) {
    trees.features[node] = view.getUint8(node * NODE_BYTES);
    trees.values[node] = view.getFloat32(node * NODE_BYTES + 1, true);
  }
  for (let next = 0; next < count; ) {
    trees.roots.push(next);
    next = findNo(trees, next);
  }
  return trees;
}

/** Fills in where each "no" below a node leads; answers the first node that is not below it. */
function findNo(trees: Trees, node: number): number {
  if (trees.features[node] === LEAF) return node + 1;
  trees.no[node] = findNo(trees, node + 1);
  return findNo(trees, trees.no[node]);
}

/** The log-odds of the row of features that begins at `start`. What is not known (NaN) answers yes. */
export function logOdds({ base, roots, features, values, no }: Trees, rows: Float32Array, start: number): number {
  let sum = base;
  for (let tree = 0; tree < roots.length; tree += 1) {
    let node = roots[tree]!;
    while (features[node] !== LEAF) node = rows[start + features[node]!]! > values[node]! ? no[node]! : node + 1;
    sum += values[node]!;
  }
  return sum;
}
