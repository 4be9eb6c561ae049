import { useRevalidator } from "@remix-run/react";
import { useMemo, useRef, useState } from "react";
import type { ResultsPage, SetlistFrame } from "../../http/answers.ts";
import { useLive } from "../voting/live.ts";
import { newsOf, titlesIn, withSetlist } from "./live-results.ts";

/** Open pages that ask again do so within this time of each other, in ms: one change is told to all of them at once. */
const SPREAD_MS = 5_000;

/** The comparison of an open page, which every new song moves; for whoever hides spoilers the first one hides it. */
export function useResults(page: ResultsPage, hidden: boolean) {
  const [told, setTold] = useState<{ setlist: SetlistFrame | null } | null>(null);
  const [said, say] = useState("");
  const known = useRef(page.setlist);
  const { revalidate } = useRevalidator();
  const soon = () => void setTimeout(revalidate, Math.random() * SPREAD_MS);
  const connection = useLive(page.show.slug, {
    // Before the close this page shows no votes; after it they change where some are held or released, and by merges.
    onTally({ version }) {
      if (!page.voting.open && version > page.tallyVersion) soon();
    },
    onVoting(voting) {
      if (voting.open !== page.voting.open || voting.reason !== page.voting.reason) soon();
    },
    onSetlist(setlist) {
      // Whoever hides spoilers has nothing put in; the server says what is left to show.
      if (hidden) return titlesIn(setlist).length > 0 ? soon() : undefined;
      say(newsOf(known.current, setlist));
      known.current = setlist;
      setTold({ setlist });
    },
    onReturn: soon,
  });
  const shown = useMemo(() => (told ? withSetlist(page, told.setlist) : page), [page, told]);
  return { shown, connection, said };
}
