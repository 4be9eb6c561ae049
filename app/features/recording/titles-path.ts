/** Which titles, and from where on in their list: of a query, without what was done or looked for there. */
export function whereInTitles(asked: URLSearchParams): [name: string, value: string][] {
  return [...asked].filter(([name, value]) => (name === "status" && value === "not_a_song") || name === "cursor");
}

/** The address of the same page of the list, with what else it is to say. */
export function titlesPath(asked: URLSearchParams, more: Record<string, string> = {}): string {
  const query = new URLSearchParams([...whereInTitles(asked), ...Object.entries(more)]).toString();
  return query === "" ? "/moderation/titles" : `/moderation/titles?${query}`;
}
