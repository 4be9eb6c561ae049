import type { LinkFileAnswer } from "#server/domain/matching/link-faults.ts";
import { Notice } from "../../ui/notice.tsx";

/** What became of a file of links, or why nothing was changed. */
export function LinkAnswer({ answer }: { answer: LinkFileAnswer }) {
  if (answer.ok) {
    return (
      <Notice tone="marker" title={answer.dryRun ? "Nothing is wrong with the file" : "Done"} alert>
        {answer.words}
      </Notice>
    );
  }
  return (
    <Notice tone="danger" title="Nothing was changed" alert>
      <ul className="list-disc space-y-1 pl-5">
        {answer.problems.map((problem, i) => (
          <li key={i}>{problem}</li>
        ))}
      </ul>
      {answer.more > 0 ? <p className="mt-2">And {answer.more} more.</p> : null}
    </Notice>
  );
}
