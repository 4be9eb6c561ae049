import { bulkCommand } from "#db/command.ts";
import { deleteVotes, voteFacts, type TallyChange, type VoteRow } from "#db/queries/votes.ts";
import { allowanceLeft, decideRetractions, utcDay } from "../domain/voting.ts";
import { announceTallies, movedBy, standing, type VoteOutcome, type VoteRequest } from "./cast-votes.ts";

const unchanged: TallyChange = { votes: new Map(), versions: new Map() };

/** Takes votes back. The show's allowance returns, the day's does not. */
export const retractVotes = bulkCommand<VoteRequest, VoteOutcome>(async (tx, calls) => {
  const inputs = calls.map(({ input, now }) => ({
    userId: input.fan.userId,
    setlistSongId: input.setlistSongId,
    now,
  }));
  const facts = await voteFacts(tx, inputs.map((input) => ({ ...input, day: utcDay(input.now) })));
  const verdicts = decideRetractions(facts, inputs);
  const rows = inputs.flatMap((input, i): VoteRow[] => {
    const verdict = verdicts[i]!;
    if (verdict.verdict === "refused") return [];
    const { held } = facts[i]!;
    return [{ ...input, showId: verdict.showId, day: utcDay(input.now), castAt: input.now, held }];
  });
  const change = rows.length > 0 ? await deleteVotes(tx, rows) : unchanged;
  await announceTallies(tx, change, calls[0]!.now);
  const moved = movedBy(rows);
  return verdicts.map((verdict, i): VoteOutcome => {
    if (verdict.verdict === "refused") return verdict;
    const { userId, setlistSongId, now } = inputs[i]!;
    const fact = facts[i]!;
    const back = moved.inShow(userId, verdict.showId);
    return {
      verdict: "retracted",
      ...standing(fact, setlistSongId, change),
      allowance: allowanceLeft({ ...fact, showVotes: fact.showVotes - back }, now),
    };
  });
});
