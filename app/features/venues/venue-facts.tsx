import type { VenuePage } from "../../http/answers.ts";
import { useNow } from "../../ui/hydrated.ts";
import { wallClock } from "../shows/when.ts";

/** What there is to know of a venue, its own time included. */
export function VenueFacts({ venue, now }: { venue: VenuePage["venue"]; now: string }) {
  const clock = useNow(now);
  const { latitude, longitude, capacity, timeZone } = venue;
  return (
    <dl className="mb-12 grid grid-cols-2 gap-x-6 gap-y-5 border-y-2 border-ink py-5 sm:flex sm:flex-wrap sm:gap-x-16">
      <Fact name="Time there now">{wallClock(clock, timeZone).time}</Fact>
      {capacity === null ? null : <Fact name="Capacity">{capacity.toLocaleString("en")}</Fact>}
      <Fact name="Time zone">{timeZone.replaceAll("_", " ")}</Fact>
      {latitude === null || longitude === null ? null : (
        <Fact name="Coordinates">
          {degrees(latitude, "N", "S")} {degrees(longitude, "E", "W")}
        </Fact>
      )}
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-sm font-semibold text-soft">{name}</dt>
      <dd className="wrap-title mt-0.5 font-display text-xl font-bold tabular-nums sm:text-2xl">
        {children}
      </dd>
    </div>
  );
}

function degrees(value: number, positive: string, negative: string): string {
  return `${Math.abs(value).toFixed(2)}°${value < 0 ? negative : positive}`;
}
