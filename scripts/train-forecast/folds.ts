/** How many models are made to report on artists that they have not seen. */
export const FOLDS = 4;

/**
 * Which fold each artist is in. Files of one artist lie in one fold, or a model would be asked for what it has seen:
 * a name that begins with another's name is taken for the same artist.
 */
export function foldsOf(names: readonly string[]): Map<string, number> {
  const roots = [...names].sort();
  const rootOf = (name: string) => roots.find((root) => name === root || name.startsWith(`${root}-`))!;
  const distinct = [...new Set(roots.map(rootOf))];
  return new Map(names.map((name) => [name, distinct.indexOf(rootOf(name)) % FOLDS]));
}
