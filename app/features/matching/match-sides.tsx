import { Link } from "@remix-run/react";
import { Equal } from "lucide-react";
import type { MatchSide, ReviewedMatch } from "../../http/answers.ts";
import { providerName } from "./provider-name.ts";
import { factPairs, type Fact, type FactPair } from "./side-facts.ts";

/** Both sides, next to each other where there is room, fact by fact on one line. */
export function MatchSides({ match }: { match: ReviewedMatch }) {
  const [a, b] = match.sides;
  if (!a || !b) return <OneGone match={match} />;
  if (b.kind === "record") {
    return (
      <div className="grid items-start gap-4 md:grid-cols-2">
        <SideCard side={a} pairs={factPairs(a, a)} at={0} alone />
        <SideCard side={b} pairs={factPairs(b, b)} at={1} alone />
      </div>
    );
  }
  const pairs = factPairs(a, b);
  return (
    <div className={LINED_UP}>
      <SideCard side={a} pairs={pairs} at={0} />
      <SideCard side={b} pairs={pairs} at={1} />
    </div>
  );
}

/** One row for the heading and 13 for facts; what is not needed is empty. */
const LINED_UP = "grid gap-4 md:grid-cols-2 md:grid-rows-[repeat(14,auto)] md:gap-y-0";

interface SideCardProps {
  side: MatchSide;
  pairs: FactPair[];
  at: 0 | 1;
  /** Not compared fact by fact. */
  alone?: boolean;
}

function SideCard({ side, pairs, at, alone = false }: SideCardProps) {
  return (
    <section aria-label={at === 0 ? "One side" : "The other side"} className={`min-w-0 rounded-card border-[1.5px] border-line bg-sheet px-5 pt-4 pb-3 ${alone ? "" : "md:row-span-14 md:grid md:grid-rows-subgrid"}`}>
      <header className="pb-3">
        <h2 dir="auto" className="wrap-title text-start text-2xl leading-tight font-bold">
          {side.name}
        </h2>
        <p className="text-sm text-soft">{whereFrom(side)}</p>
      </header>
      <dl className={alone ? "" : "md:row-span-13 md:grid md:grid-rows-subgrid"}>
        {pairs.map(({ name, of, same }) => (
          <FactRow key={name} name={name} fact={of[at]} same={same && !alone} />
        ))}
      </dl>
    </section>
  );
}

function whereFrom(side: MatchSide) {
  if (side.kind === "record") return `Record of ${providerName(side.provider)}, not linked yet`;
  return (
    <>
      Here as number {side.id},{" "}
      <Link to={side.path} className="pen-link inline-flex min-h-6 items-center">
        {side.kind === "song" ? "its artist’s page" : "its page"}
      </Link>
    </>
  );
}

function FactRow({ name, fact, same }: { name: string; fact: Fact | null; same: boolean }) {
  return (
    <div className={`grid grid-cols-[6.5rem_minmax(0,1fr)] gap-x-3 border-t border-line py-1.5 text-[0.9375rem] leading-snug ${fact ? "" : "max-md:hidden"}`}>
      <dt className="text-soft">{name}</dt>
      <dd dir="auto" className="wrap-title text-start">
        {fact ? <FactText fact={fact} same={same} /> : <span className="text-soft">not known</span>}
      </dd>
    </div>
  );
}

function FactText({ fact: { text, links = [] }, same }: { fact: Fact; same: boolean }) {
  return (
    <>
      {same ? <Equal aria-label="The same:" role="img" size={16} strokeWidth={2.75} className="me-1 inline -translate-y-px text-live" /> : null}
      {links.map((link) => (
        <FactLink key={link.text} link={link} />
      ))}
      {text}
    </>
  );
}

function FactLink({ link: { text, url, rejected } }: { link: NonNullable<Fact["links"]>[number] }) {
  const look = rejected ? "line-through" : "";
  return (
    <span className="block">
      {url ? (
        <a href={url} target="_blank" rel="noreferrer" className={`pen-link inline-block min-h-6 ${look}`}>
          {text}
          <span className="sr-only"> (new tab{rejected ? ", rejected" : ""})</span>
        </a>
      ) : (
        <span className={look}>{text}</span>
      )}
    </span>
  );
}

/** Of a match that was joined, or whose side has gone for another reason. */
function OneGone({ match: { sides, subject, other } }: { match: ReviewedMatch }) {
  const [left] = sides;
  const missing = left && left.kind !== "record" && subject.id === left.id ? other : subject;
  return (
    <div className="grid items-start gap-4 md:grid-cols-2">
      {left ? <SideCard side={left} pairs={factPairs(left, left)} at={0} alone /> : null}
      <section aria-label="The other side" className="min-w-0 rounded-card border-[1.5px] border-dashed border-edge px-5 py-4">
        <h2 dir="auto" className="wrap-title text-start text-2xl leading-tight font-bold">
          {missing.name}
        </h2>
        <p className="mt-1 text-soft">{missing.about || "It is not here any more."}</p>
      </section>
    </div>
  );
}
