import type { MatchStatus, ReviewedMatch } from "../../http/answers.ts";

export type Kind = ReviewedMatch["kind"];

export const KINDS = ["artist", "venue", "show", "song"] as const satisfies readonly Kind[];
export const STATUSES = ["review", "automatic", "approved", "rejected"] as const satisfies readonly MatchStatus[];

export const KIND_WORDS: Record<Kind, string> = { artist: "Artists", venue: "Venues", show: "Shows", song: "Songs" };
export const STATUS_WORDS: Record<MatchStatus, string> = { review: "To review", automatic: "Joined automatically", approved: "Approved", rejected: "Rejected" };

/** "One artist or two?" while it waits, then what it is. */
export function questionOf({ kind, status }: Pick<ReviewedMatch, "kind" | "status">): string {
  if (status === "review") return `One ${kind} or two?`;
  return status === "rejected" ? `Two ${kind}s` : `One ${kind}`;
}

/** Both sides by name, once where they are called the same. */
export function namesOf({ subject, other }: Pick<ReviewedMatch, "subject" | "other">): string {
  return subject.name === other.name ? subject.name : `${subject.name} / ${other.name}`;
}

/** What became of the last match. */
export interface Did {
  id: number;
  what: "approved" | "rejected" | "reopened" | "undone" | "already" | "gone";
  names: string;
  /** Of `already`: who was first, and what they decided. */
  by?: string | undefined;
}

/** "Approved: Paper Lanterns." */
export function didWords({ what, names, by }: Did): string {
  if (what === "already") return `Not yours any more: ${names}. ${by}`;
  if (what === "gone") return "One of the two is gone, so there was nothing to decide.";
  return `${DONE[what]}: ${names}.`;
}

const DONE = { approved: "Approved", rejected: "Rejected", reopened: "Taken back", undone: "Two again" };

export function leftWords(left: number): string {
  return left === 0 ? "None left." : `${left.toLocaleString("en")} left.`;
}

export function kindOf(text: string | null | undefined): Kind | undefined {
  return KINDS.find((kind) => kind === text);
}

/** The address of a match in the queue of one kind or of all. */
export function matchPath(id: number, kind: Kind | undefined): string {
  return `/moderation/matches/${id}${kind ? `?kind=${kind}` : ""}`;
}

/** The address of a list of matches. */
export function listPath(status: MatchStatus, kind: Kind | undefined): string {
  const query = new URLSearchParams({ ...(status !== "review" && { status }), ...(kind && { kind }) }).toString();
  return query ? `/moderation/matches?${query}` : "/moderation/matches";
}
