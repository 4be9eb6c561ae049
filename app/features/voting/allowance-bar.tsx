import { Link } from "@remix-run/react";
import { VOTES_PER_DAY, VOTES_PER_SHOW } from "#server/domain/voting.ts";
import type { Allowance } from "../../http/answers.ts";
import { useViewerZone } from "../../ui/hydrated.ts";
import { wallClock } from "../shows/when.ts";

/** When the day's votes are whole again: by UTC from the server, by the viewer's clock after. */
function ResetTime({ at }: { at: string }) {
  const zone = useViewerZone();
  const { time } = wallClock(at, zone ?? "UTC");
  return <time dateTime={at}>{zone ? `${time} your time` : `${time} UTC`}</time>;
}

/** One dot for each vote of the show; filled while it is left. */
function Dots({ left }: { left: number }) {
  return (
    <span aria-hidden className="flex shrink-0 gap-1 lg:gap-1.5">
      {Array.from({ length: VOTES_PER_SHOW }, (_, i) => (
        <span
          key={i}
          className={`size-2.5 rounded-full border-[1.5px] transition-colors lg:size-3 ${i < left ? "border-marker-deep bg-marker" : "border-edge"}`}
        />
      ))}
    </span>
  );
}

/** What the fan has left, beside the ballot. */
export function AllowanceCard({ allowance }: { allowance: Allowance }) {
  const { show, day, dayResetsAt } = allowance;
  return (
    <div className="rounded-card border-[1.5px] border-line bg-sheet p-5">
      <p className="font-display text-xl leading-tight font-bold">
        <span className="text-4xl font-extrabold tabular-nums">{show}</span> of {VOTES_PER_SHOW}{" "}
        votes left
      </p>
      <div className="mt-3">
        <Dots left={show} />
      </div>
      <p className="mt-3 text-[0.9375rem] leading-relaxed text-soft">
        {day} of {VOTES_PER_DAY} left today across all shows. The day starts again at{" "}
        <ResetTime at={dayResetsAt} />.
      </p>
    </div>
  );
}

interface AllowanceBarProps {
  allowance: Allowance | null;
  slug: string;
}

/** The same on a phone, always at hand at the bottom of the screen. */
export function AllowanceBar({ allowance, slug }: AllowanceBarProps) {
  return (
    <aside
      aria-label="Your votes"
      className="sticky inset-x-0 bottom-0 z-20 -mx-4 mt-8 border-t border-line bg-sheet px-4 pt-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] sm:-mx-6 sm:px-6 lg:hidden"
    >
      {allowance ? <Left allowance={allowance} /> : <JoinLine slug={slug} />}
    </aside>
  );
}

function Left({ allowance }: { allowance: Allowance }) {
  return (
    <div className="flex min-h-11 items-center justify-between gap-4">
      <p className="leading-tight font-semibold">
        <span className="tabular-nums">{allowance.show}</span> of {VOTES_PER_SHOW} votes left
        <span className="block text-sm font-normal text-soft">{allowance.day} left today</span>
      </p>
      <Dots left={allowance.show} />
    </div>
  );
}

function JoinLine({ slug }: { slug: string }) {
  return (
    <p className="flex min-h-11 items-center justify-between gap-4 leading-tight">
      <span>You get {VOTES_PER_SHOW} votes for this show.</span>
      <Link
        to={`/sign-in?next=${encodeURIComponent(`/shows/${slug}`)}`}
        className="inline-flex min-h-11 shrink-0 items-center rounded-full bg-marker px-4 font-semibold text-on-marker hover:bg-marker-deep"
      >
        Sign in to vote
      </Link>
    </p>
  );
}
