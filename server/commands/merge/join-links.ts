type Links = ReadonlyMap<string, string>;

/**
 * The links of two artists as one: those of the one that stays hold where the two contradict, and every link leads to a
 * key that is itself linked to nothing.
 */
export function joinLinks(stays: Links, goes: Links): Map<string, string> {
  const joined = new Map(stays);
  for (const [key, into] of goes) {
    const end = joined.get(into) ?? into;
    if (!joined.has(key) && end !== key) addLink(joined, key, end);
  }
  return joined;
}

/** Adds a link to links that are flat already; what led to its title leads on to where it leads. */
export function addLink(links: Map<string, string>, key: string, into: string): void {
  const end = links.get(into) ?? into;
  if (end === key) return;
  for (const [each, target] of links) if (target === key) links.set(each, end);
  links.set(key, end);
}
