import { useFetcher } from "@remix-run/react";
import { useEffect, useRef } from "react";
import type { Row } from "./tally.ts";
import type { VotingDesk } from "./use-voting.ts";
import { voteForm, type VoteAnswer, type VoteIntent } from "./vote-answer.ts";

/** Two clicks closer together than this, in ms, are one click by an eager finger. */
const ONE_CLICK_MS = 350;

/**
 * Sends one song's votes and withdrawals strictly one after another. Only the last wish counts:
 * changing one's mind while an answer is out sends the opposite once that answer is in.
 */
export function useVoteQueue(row: Row, desk: VotingDesk): () => void {
  const { setlistSongId, title } = row;
  const fetcher = useFetcher<VoteAnswer>({ key: `vote-${setlistSongId}` });
  const wanted = useRef<boolean | null>(null);
  const sent = useRef<boolean | null>(null);
  const lastClick = useRef(-Infinity);

  function send(mine: boolean) {
    sent.current = mine;
    const intent: VoteIntent = mine ? "vote" : "retract";
    const form = voteForm({ intent, setlistSongId });
    desk.inTurn(
      intent,
      () => void fetcher.submit(form, { method: "post", preventScrollReset: true }),
    );
  }

  const { state, data } = fetcher;
  useEffect(() => {
    if (state !== "idle" || sent.current === null || !data) return;
    const [asked, now] = [sent.current, wanted.current];
    sent.current = null;
    desk.settle(data, title);
    if (data.ok && now !== null && now !== asked) {
      desk.wish(setlistSongId, now);
      send(now);
    }
    // The answer is the only event here; what else the effect reads is current when it comes.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [state, data]);

  return () => {
    const now = performance.now();
    const eager = now - lastClick.current < ONE_CLICK_MS;
    lastClick.current = now;
    if (eager) return;
    const mine = !row.mine;
    wanted.current = mine;
    desk.wish(setlistSongId, mine);
    if (sent.current === null) send(mine);
  };
}
