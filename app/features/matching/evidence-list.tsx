import { CircleCheck, CircleMinus, CircleX } from "lucide-react";
import type { ReviewedMatch } from "../../http/answers.ts";

type Said = ReviewedMatch["evidence"][number];

const MARKS = {
  for: { Icon: CircleCheck, tone: "text-live", word: "For:" },
  against: { Icon: CircleX, tone: "text-danger", word: "Against:" },
  beside: { Icon: CircleMinus, tone: "text-soft", word: "To know:" },
};

/** What was found, and whether it speaks for or against, for eyes and for ears. */
export function EvidenceWords({ stands, text }: Said) {
  const { Icon, tone, word } = MARKS[stands];
  return (
    <>
      <Icon aria-hidden size={18} strokeWidth={2.25} className={`shrink-0 translate-y-[3px] ${tone}`} />
      <span className="sr-only">{word}</span>
      <span dir="auto" className="wrap-title">
        {text}
      </span>
    </>
  );
}

const ORDER: Said["stands"][] = ["for", "against", "beside"];

/** All that was found, what speaks for it first. */
export function EvidenceList({ evidence }: { evidence: readonly Said[] }) {
  if (evidence.length === 0) return <p className="text-soft">Nothing was noted.</p>;
  const sorted = ORDER.flatMap((stands) => evidence.filter((each) => each.stands === stands));
  return (
    <ul className="flex flex-col gap-2">
      {sorted.map(({ stands, text }) => (
        <li key={text} className="flex items-baseline gap-2 leading-snug">
          <EvidenceWords stands={stands} text={text} />
        </li>
      ))}
    </ul>
  );
}
