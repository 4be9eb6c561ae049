import { useRevalidator } from "@remix-run/react";
import { useEffect, useReducer, useState } from "react";
import type { SetlistFrame, ShowPage, Voting } from "../../http/answers.ts";
import { useToast } from "../../ui/toast.tsx";
import { useLive } from "./live.ts";
import {
  allowanceOf,
  hasUnknownSong,
  reduceTally,
  rowsOf,
  tallyOf,
  type TallyFrame,
} from "./tally.ts";
import { Turns } from "./turns.ts";
import type { VoteAnswer, VoteIntent } from "./vote-answer.ts";

export interface VotingDesk {
  wish(setlistSongId: number, mine: boolean): void;
  /** Sends when it is this vote's turn. */
  inTurn(intent: VoteIntent, send: () => void): void;
  settle(answer: VoteAnswer, title: string): void;
}

/** Open pages that come back together, after a restart of the server, spread over this time, in ms. */
const RETURN_SPREAD_MS = 3_000;

/** The ballot of an open page: what was loaded, what comes in live, and what the fan wishes. */
export function useVoting(page: ShowPage, onSetlist?: (setlist: SetlistFrame | null) => void) {
  const [tally, dispatch] = useReducer(reduceTally, page, tallyOf);
  const [turns] = useState(() => new Turns());
  const [said, say] = useState("");
  const tell = useToast();
  useEffect(() => dispatch({ type: "snapshot", page }), [page]);

  const { revalidate } = useRevalidator();
  const connection = useLive(page.show.slug, {
    onTally(frame: TallyFrame) {
      dispatch({ type: "frame", frame });
      if (hasUnknownSong(tally, frame)) revalidate();
    },
    onVoting(voting: Voting) {
      dispatch({ type: "voting", voting });
      revalidate();
    },
    onSetlist,
    onReturn() {
      setTimeout(revalidate, Math.random() * RETURN_SPREAD_MS);
    },
  });

  const desk: VotingDesk = {
    wish: (setlistSongId, mine) => dispatch({ type: "wished", setlistSongId, mine }),
    inTurn: (intent, send) => turns.take(intent, send),
    settle(answer, title) {
      dispatch({ type: "answered", answer });
      turns.done(answer.intent);
      if (answer.ok && answer.held && !page.held) revalidate();
      if (answer.ok) say(spoken(answer, title));
      else
        tell(answer.intent === "vote" ? "Vote not counted" : "Vote not taken back", answer.message);
    },
  };
  const { total, voting } = tally;
  return {
    rows: rowsOf(tally),
    allowance: allowanceOf(tally),
    total,
    voting,
    connection,
    said,
    desk,
  };
}

function spoken(answer: VoteAnswer & { ok: true }, title: string): string {
  const left = `${answer.allowance.show} votes left for this show.`;
  if (answer.held && answer.intent === "vote") return `Vote kept for ${title}; it is being checked. ${left}`;
  return answer.intent === "vote"
    ? `Vote counted for ${title}. ${left}`
    : `Vote taken back from ${title}. ${left}`;
}
