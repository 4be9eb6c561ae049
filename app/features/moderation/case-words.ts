import type { ModerationCase } from "../../http/answers.ts";

const UNITS: [string, number][] = [
  ["days", 86_400_000],
  ["hours", 3_600_000],
  ["minutes", 60_000],
  ["seconds", 1_000],
];

/** A span (ms) in its largest whole unit, such as "3 minutes". */
export function spanWords(ms: number): string {
  const [unit, size] = UNITS.find(([, length]) => ms >= length) ?? ["seconds", 1_000];
  const count = Math.floor(Math.max(0, ms) / size);
  return `${count} ${count === 1 ? unit.slice(0, -1) : unit}`;
}

/** "3 fans, 30 votes" */
export function sizeWords({ fans, votes }: Pick<ModerationCase, "fans" | "votes">): string {
  return `${fans} ${fans === 1 ? "fan" : "fans"}, ${votes} ${votes === 1 ? "vote" : "votes"}`;
}

/** What a case is now, for a fan's votes and for the moderator. */
export function stateWords({ status, held }: Pick<ModerationCase, "status" | "held">): string {
  if (status === "held") return "Held by a moderator";
  if (status === "released") return "Released";
  return held ? "Held until you decide" : "Counting until you decide";
}
