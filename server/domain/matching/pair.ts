/** The other one of ours with which a match is, as seen from one of them; null where it is with a provider's record. */
export function otherOf({ subjectId, otherId }: { subjectId: number; otherId: number | null }, id: number): number | null {
  return otherId === id ? subjectId : otherId;
}
