/** The number that an address names; one that is none leads nowhere. */
export function idOf({ id = "" }: { id?: string }): number {
  if (!/^[1-9]\d{0,14}$/.test(id)) throw Response.json({ reason: "not_found" }, { status: 404 });
  return Number(id);
}
