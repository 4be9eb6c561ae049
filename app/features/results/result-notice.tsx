import { Link } from "@remix-run/react";
import { Ban, CalendarOff, Hourglass, PencilLine, Radio, Vote } from "lucide-react";
import type { ResultsPage } from "../../http/answers.ts";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";

/** Where the comparison stands, when it is not settled. */
export function ResultNotice({ page }: { page: ResultsPage }) {
  const { state, show, noScore } = page;
  if (state === "open") return <Open slug={show.slug} />;
  if (state === "none") {
    const cancelled = show.status === "cancelled";
    const Icon = cancelled ? Ban : CalendarOff;
    return (
      <Notice tone={cancelled ? "danger" : "marker"} icon={<Icon aria-hidden size={22} />} title={cancelled ? "This show was cancelled" : "This show is postponed"}>
        {noScore?.message}
      </Notice>
    );
  }
  if (state === "waiting") return <Waiting page={page} />;
  if (noScore) return <Notice icon={<Hourglass aria-hidden size={22} />}>{noScore.message}</Notice>;
  if (state === "provisional") {
    return (
      <Notice icon={<PencilLine aria-hidden size={22} />} title="This may still change">
        People are still writing down what was played. Scores count once the setlist is final, a day after the show at the latest.
      </Notice>
    );
  }
  return null;
}

function Open({ slug }: { slug: string }) {
  return (
    <Notice tone="marker" icon={<Vote aria-hidden size={22} />} title="Voting is still open">
      <p className="mb-3">Once they play, what was predicted stands here beside what they played.</p>
      <Button asChild>
        <Link to={`/shows/${slug}`}>Vote now</Link>
      </Button>
    </Notice>
  );
}

function Waiting({ page: { show, noScore } }: { page: ResultsPage }) {
  if (show.status === "completed") return <Notice icon={<Hourglass aria-hidden size={22} />}>{noScore?.message} When somebody does, it is compared here.</Notice>;
  return (
    <Notice icon={<Radio aria-hidden size={22} />} title="Nothing has been played yet">
      Voting is over. As soon as somebody writes down the first song, it is here, without reloading.
    </Notice>
  );
}
