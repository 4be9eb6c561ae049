import type { PackedWeights } from "#server/domain/forecast/trees.ts";

/** What was learnt from, as it is told beside the weights. */
export interface Provenance {
  files: number;
  shows: number;
  trees: number;
}

/** The weights as the source file that ships with the program. */
export function sourceOf({ version, features, base, packed }: PackedWeights, { files, shows, trees }: Provenance): string {
  const lines = packed.match(/.{1,400}/g) ?? [];
  return `import type { PackedWeights } from "./trees.ts";

/** ${trees} trees, learnt from ${shows} shows in ${files} files. Made by scripts/train-forecast.ts; docs/forecast.md tells how. */
export const WEIGHTS: PackedWeights = {
  version: ${version},
  features: ${JSON.stringify(features)},
  base: ${base},
  packed: \`
${lines.join("\n")}
\`,
};
`;
}
