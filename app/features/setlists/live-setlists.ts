import { useState } from "react";
import type { ActualSetlist, SetlistFrame, ShowPage } from "../../http/answers.ts";

/** A show's setlists with the account that counts as it comes in live, and who is to hear of it. */
export function useLiveSetlists({ show, setlists }: ShowPage): [ActualSetlist[], (setlist: SetlistFrame | null) => void] {
  const [told, setTold] = useState<{ showId: number; setlist: SetlistFrame | null } | null>(null);
  const hear = (setlist: SetlistFrame | null) => setTold({ showId: show.id, setlist });
  return [told?.showId === show.id ? withAccount(setlists, told.setlist) : setlists, hear];
}

/** The accounts that there still are, with the one that counts as it is now; none where all were taken back. */
export function withAccount(setlists: ActualSetlist[], told: SetlistFrame | null): ActualSetlist[] {
  if (told === null) return [];
  const { account, others, status, sets } = told;
  const now: ActualSetlist = { ...account, status, sets };
  const known = setlists.some(({ id }) => id === account.id);
  const there = known ? setlists.map((setlist) => (setlist.id === account.id ? now : setlist)) : [...setlists, now];
  return there.filter((setlist) => setlist === now || others.some(({ id }) => id === setlist.id));
}
