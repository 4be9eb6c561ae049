import { Ban, CalendarOff, Lock, TimerOff } from "lucide-react";
import type { ShowPage, Voting } from "../../http/answers.ts";
import { Notice } from "../../ui/notice.tsx";

/** Why nobody can vote, when nobody can. */
export function VotingNotice({
  voting,
  status,
}: {
  voting: Voting;
  status: ShowPage["show"]["status"];
}) {
  if (voting.reason === "cancelled" || status === "cancelled") {
    return (
      <Notice tone="danger" icon={<Ban aria-hidden size={22} />} title="This show is cancelled">
        It will not be played, so nobody can vote. What the crowd expected stays here to read.
      </Notice>
    );
  }
  if (voting.reason === "postponed") {
    return (
      <Notice tone="marker" icon={<CalendarOff aria-hidden size={22} />} title="This show is postponed">
        Votes stay as they are until there is a new date. Then the ballot opens again and this page
        changes by itself.
      </Notice>
    );
  }
  if (voting.reason === "locked") {
    return (
      <Notice tone="marker" icon={<Lock aria-hidden size={22} />} title="Voting is locked for now">
        The people who run this site have paused it. Every vote is kept; this page changes by itself
        when it opens again.
      </Notice>
    );
  }
  return voting.open ? null : <Over status={status} />;
}

function Over({ status }: { status: ShowPage["show"]["status"] }) {
  const text =
    status === "completed"
      ? "The show has been played. This is what the crowd expected to hear."
      : "The show is starting. This is what the crowd expects to hear tonight.";
  return (
    <Notice icon={<TimerOff aria-hidden size={22} />} title="Voting is over">
      {text}
    </Notice>
  );
}
