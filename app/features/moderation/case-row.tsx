import { Link } from "@remix-run/react";
import { SIGNAL_NAMES } from "#server/domain/fraud-words.ts";
import type { ModerationCase } from "../../http/answers.ts";
import { Chip } from "../../ui/chip.tsx";
import { joinKnown } from "../shows/places.ts";
import { wallClock } from "../shows/when.ts";
import { sizeWords, stateWords } from "./case-words.ts";

/** A case on one line of the list. */
export function CaseRow({ one }: { one: ModerationCase }) {
  const { date, time } = wallClock(one.openedAt, "UTC");
  return (
    <li className="relative flex flex-col gap-2 border-b border-line py-4 hover:bg-sheet sm:px-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Link
          to={`/moderation/${one.id}`}
          dir="auto"
          className="wrap-title font-display text-xl leading-tight font-bold after:absolute after:inset-0 after:rounded-xl sm:text-2xl"
        >
          {joinKnown([one.artist.name, one.venue.city])}
        </Link>
        <StateChip one={one} />
      </div>
      <p className="text-[0.9375rem] text-soft tabular-nums">
        Case {one.id}, {sizeWords(one)}, certainty {Math.round(100 * one.score)} %, found{" "}
        <time dateTime={one.openedAt}>
          {date} {time} UTC
        </time>
      </p>
      <p className="text-[0.9375rem]">{one.kinds.map((kind) => SIGNAL_NAMES[kind]).join(" · ")}</p>
    </li>
  );
}

export function StateChip({ one }: { one: Pick<ModerationCase, "status" | "held"> }) {
  const tone = one.status === "released" ? "live" : one.held ? "danger" : "plain";
  return <Chip tone={tone}>{stateWords(one)}</Chip>;
}
