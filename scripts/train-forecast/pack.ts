import { FEATURES } from "#server/domain/forecast/features.ts";
import { type PackedWeights, WEIGHTS_VERSION } from "#server/domain/forecast/trees.ts";
import type { Ensemble, Node } from "./boost.ts";

const LEAF = 255;

/** Packs trees as server/domain/forecast/trees.ts reads them. A question about a bin becomes one about a value. */
export function pack({ base, trees }: Ensemble, edges: readonly Float32Array[]): PackedWeights {
  const bytes: Buffer[] = [];
  const put = (node: Node) => {
    const buffer = Buffer.alloc(5);
    buffer.writeUInt8("value" in node ? LEAF : node.feature, 0);
    buffer.writeFloatLE("value" in node ? node.value : node.bin === 0 ? -Infinity : edges[node.feature]![node.bin - 1]!, 1);
    bytes.push(buffer);
    if ("value" in node) return;
    put(node.yes);
    put(node.no);
  };
  trees.forEach(put);
  return { version: WEIGHTS_VERSION, features: FEATURES, base: Number(base.toFixed(6)), packed: Buffer.concat(bytes).toString("base64") };
}
