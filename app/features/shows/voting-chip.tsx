import type { ShowSummary } from "../../http/answers.ts";
import { Chip } from "../../ui/chip.tsx";

interface VotingChipProps {
  show: Pick<ShowSummary, "status" | "voting">;
}

/** Whether one can vote, in two words. */
export function VotingChip({ show }: VotingChipProps) {
  if (show.status === "cancelled") return <Chip tone="danger">Cancelled</Chip>;
  if (show.status === "postponed") return <Chip tone="danger">Postponed</Chip>;
  if (show.voting.open) return <Chip tone="marker">Voting open</Chip>;
  if (show.voting.reason === "locked") return <Chip>Voting locked</Chip>;
  if (show.status === "ongoing") return <Chip tone="live">On stage now</Chip>;
  return <Chip>{show.status === "completed" ? "Played" : "Voting over"}</Chip>;
}
