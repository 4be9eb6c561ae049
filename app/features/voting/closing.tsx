import { useRevalidator } from "@remix-run/react";
import { useEffect } from "react";
import type { Voting } from "../../http/answers.ts";
import { useNow, useViewerZone } from "../../ui/hydrated.ts";
import { timeThere } from "../shows/places.ts";
import { instantWords, timeLeft } from "../shows/when.ts";

interface ClosingProps {
  voting: Voting;
  venue: { city: string | null; timeZone: string };
  now: string;
}

/** Asks the server again once the close has passed. Spread out, as every open page does it. */
function useReloadAtClose(closesAt: string, open: boolean) {
  const { revalidate } = useRevalidator();
  useEffect(() => {
    const wait = Date.parse(closesAt) - Date.now();
    // Browsers cannot wait longer than 2^31 ms.
    if (!open || wait < 0 || wait > 2_000_000_000) return;
    const timer = setTimeout(revalidate, wait + 500 + Math.random() * 2500);
    return () => clearTimeout(timer);
  }, [closesAt, open, revalidate]);
}

/** The countdown, with the close by the venue's clock and, where it differs, the viewer's. */
export function Closing({ voting, venue, now }: ClosingProps) {
  const clock = useNow(now);
  const zone = useViewerZone();
  const { closesAt, open } = voting;
  useReloadAtClose(closesAt, open);
  const there = instantWords(closesAt, venue.timeZone, clock);
  const here = zone ? instantWords(closesAt, zone, clock) : there;
  return (
    <div>
      <p className="text-[0.9375rem] font-semibold text-soft">
        {open ? "Voting closes in" : "Voting closed"}
      </p>
      {open ? (
        <p
          role="timer"
          className="mt-0.5 font-display text-4xl leading-none font-extrabold tracking-tight tabular-nums"
        >
          {timeLeft(Date.parse(closesAt) - clock)}
        </p>
      ) : null}
      <p className="mt-2 text-[0.9375rem] leading-snug">
        <time dateTime={closesAt}>
          {there}, {timeThere(venue)}
        </time>
        <span className="block min-h-5 text-soft">{here === there ? "" : `${here} your time`}</span>
      </p>
    </div>
  );
}
