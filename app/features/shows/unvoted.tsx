import type { ShowPage } from "../../http/answers.ts";
import { Empty } from "../../ui/section.tsx";

/** Whether a show is over of which nobody here ever expected anything: it was never voted on. */
export function isUnvoted({ voting, ballot }: ShowPage, now: string): boolean {
  if (ballot.length > 0 || voting.open) return false;
  if (voting.reason === "closed") return true;
  return voting.reason === "cancelled" && Date.parse(voting.closesAt) <= Date.parse(now);
}

/** What stands on such a show's page while nothing is known of it. */
export function Unvoted({ status }: { status: ShowPage["show"]["status"] }) {
  return (
    <div className="mt-10 sm:mt-14">
      {status === "cancelled" ? (
        <Empty title="This show was cancelled">Nothing was played.</Empty>
      ) : (
        <Empty title="Nobody has written down what they played">
          When somebody does, the setlist is shown here.
        </Empty>
      )}
    </div>
  );
}
