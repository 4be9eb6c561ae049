/** Gradient-boosted trees with logistic loss over binned features: small, exact and the same on every machine. */

export interface BoostOptions {
  trees: number;
  leaves: number;
  /** How far each tree goes towards its own answer. */
  rate: number;
  /** Rows that each tree sees, 0 to 1. */
  rowShare: number;
  featureShare: number;
  /** Least sum of second derivatives in a leaf. */
  leastHessian: number;
  /** Holds leaves back: added to the sum of second derivatives. */
  ridge: number;
}

export interface Binned {
  /** By feature: the bin of each row; 0 for "not known". */
  bins: Uint8Array[];
  /** By feature: the upper edges of bins 1, 2, …; the last bin has none. */
  edges: Float32Array[];
  played: Uint8Array;
  weights: Float32Array;
}

/** A node that asks "is the feature's bin at most `bin`", or a leaf with its value. */
export type Node = { feature: number; bin: number; yes: Node; no: Node } | { value: number };

export interface Ensemble {
  /** The log-odds that all trees start from. */
  base: number;
  trees: Node[];
}

interface Leaf {
  rows: Uint32Array;
  histogram: Float64Array;
  grad: number;
  hess: number;
  split: Split | null;
  put: (node: Node) => void;
}

interface Split {
  gain: number;
  feature: number;
  bin: number;
}

const BINS = 64;

export function boost(data: Binned, options: BoostOptions, random: () => number, told: (tree: number, loss: number) => void): Ensemble {
  const count = data.played.length;
  const base = baseOf(data);
  const scores = new Float64Array(count).fill(base);
  const grads = new Float64Array(count);
  const hesses = new Float64Array(count);
  const trees: Node[] = [];
  for (let t = 0; t < options.trees; t += 1) {
    const loss = derive(data, scores, grads, hesses);
    if (t % 20 === 0) told(t, loss);
    const features = data.bins.map((_, i) => i).filter(() => random() < options.featureShare);
    const tree = grow(data, features, chosen(count, options.rowShare, random), grads, hesses, options);
    for (let i = 0; i < count; i += 1) scores[i]! += answer(tree, data.bins, i);
    trees.push(tree);
  }
  return { base, trees };
}

function baseOf({ played, weights }: Binned): number {
  let all = 0;
  let yes = 0;
  for (let i = 0; i < played.length; i += 1) {
    all += weights[i]!;
    yes += weights[i]! * played[i]!;
  }
  return Math.log(yes / (all - yes));
}

function derive({ played, weights }: Binned, scores: Float64Array, grads: Float64Array, hesses: Float64Array): number {
  let loss = 0;
  let all = 0;
  for (let i = 0; i < scores.length; i += 1) {
    const p = 1 / (1 + Math.exp(-scores[i]!));
    const weight = weights[i]!;
    grads[i] = weight * (p - played[i]!);
    hesses[i] = weight * p * (1 - p);
    loss -= weight * Math.log(played[i] ? p : 1 - p);
    all += weight;
  }
  return loss / all;
}

function chosen(count: number, share: number, random: () => number): Uint32Array {
  const rows = new Uint32Array(count);
  let n = 0;
  for (let i = 0; i < count; i += 1) if (random() < share) rows[n++] = i;
  return rows.slice(0, n);
}

function grow(data: Binned, features: number[], rows: Uint32Array, grads: Float64Array, hesses: Float64Array, options: BoostOptions): Node {
  let root: Node = { value: 0 };
  const first = leafOf(rows, histogramOf(data, features, rows, grads, hesses), grads, hesses, (node) => void (root = node));
  first.split = bestSplit(first, features, options);
  const leaves = [first];
  while (leaves.length < options.leaves) {
    const next = leaves.reduce((a, b) => ((b.split?.gain ?? 0) > (a.split?.gain ?? 0) ? b : a));
    if (next.split === null) break;
    leaves.splice(leaves.indexOf(next), 1, ...divide(next, next.split));
  }
  for (const leaf of leaves) leaf.put({ value: (-options.rate * leaf.grad) / (leaf.hess + options.ridge) });
  return root;

  function divide(leaf: Leaf, { feature, bin }: Split): [Leaf, Leaf] {
    const column = data.bins[feature]!;
    const node = { feature, bin, yes: { value: 0 } as Node, no: { value: 0 } as Node };
    leaf.put(node);
    const yesRows = leaf.rows.filter((row) => column[row]! <= bin);
    const noRows = leaf.rows.filter((row) => column[row]! > bin);
    const small = yesRows.length < noRows.length ? yesRows : noRows;
    const ofSmall = histogramOf(data, features, small, grads, hesses);
    const ofOther = leaf.histogram;
    for (let i = 0; i < ofOther.length; i += 1) ofOther[i]! -= ofSmall[i]!;
    const yes = leafOf(yesRows, small === yesRows ? ofSmall : ofOther, grads, hesses, (put) => void (node.yes = put));
    const no = leafOf(noRows, small === noRows ? ofSmall : ofOther, grads, hesses, (put) => void (node.no = put));
    yes.split = bestSplit(yes, features, options);
    no.split = bestSplit(no, features, options);
    return [yes, no];
  }
}

function leafOf(rows: Uint32Array, histogram: Float64Array, grads: Float64Array, hesses: Float64Array, put: (node: Node) => void): Leaf {
  let grad = 0;
  let hess = 0;
  for (const row of rows) {
    grad += grads[row]!;
    hess += hesses[row]!;
  }
  return { rows, histogram, grad, hess, split: null, put };
}

function histogramOf(data: Binned, features: number[], rows: Uint32Array, grads: Float64Array, hesses: Float64Array): Float64Array {
  const histogram = new Float64Array(features.length * BINS * 2);
  features.forEach((feature, at) => addColumn(histogram, at * BINS * 2, data.bins[feature]!, rows, grads, hesses));
  return histogram;
}

function addColumn(histogram: Float64Array, start: number, column: Uint8Array, rows: Uint32Array, grads: Float64Array, hesses: Float64Array): void {
  for (let i = 0; i < rows.length; i += 1) {
    const row = rows[i]!;
    const cell = start + column[row]! * 2;
    histogram[cell]! += grads[row]!;
    histogram[cell + 1]! += hesses[row]!;
  }
}

function bestSplit({ histogram, grad, hess }: Leaf, features: number[], { leastHessian, ridge }: BoostOptions): Split | null {
  let best: Split | null = null;
  const whole = (grad * grad) / (hess + ridge);
  features.forEach((feature, at) => {
    let leftGrad = 0;
    let leftHess = 0;
    for (let bin = 0; bin < BINS - 1; bin += 1) {
      leftGrad += histogram[(at * BINS + bin) * 2]!;
      leftHess += histogram[(at * BINS + bin) * 2 + 1]!;
      if (leftHess < leastHessian) continue;
      if (hess - leftHess < leastHessian) break;
      const gain = (leftGrad * leftGrad) / (leftHess + ridge) + ((grad - leftGrad) ** 2) / (hess - leftHess + ridge) - whole;
      if (gain > (best?.gain ?? 1e-6)) best = { gain, feature, bin };
    }
  });
  return best;
}

/** What a tree says of a row. */
export function answer(node: Node, bins: Uint8Array[], row: number): number {
  while (!("value" in node)) node = bins[node.feature]![row]! <= node.bin ? node.yes : node.no;
  return node.value;
}
