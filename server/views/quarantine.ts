import { rankedBallot } from "#db/queries/ballots.ts";
import { caseBallots, caseById, caseSizes, caseVotes, listCases, type ListedCase } from "#db/queries/quarantine.ts";
import { notFound } from "../domain/errors.ts";
import type { Signal } from "../domain/fraud-facts.ts";
import { iso } from "../domain/instant.ts";
import { decodeCursor, encodeCursor } from "./cursor.ts";
import type { Reader } from "./reader.ts";
import type { ArtistRef, VenueRef } from "./show-summary.ts";

export type CaseStatus = "open" | "held" | "released";

export interface CaseSummary {
  id: number;
  /** Open until a moderator decides. */
  status: CaseStatus;
  /** Whether its fans' votes are out of the tally now. */
  held: boolean;
  openedAt: string;
  /** 0 to 1. */
  score: number;
  show: { slug: string; localDate: string; totalVotes: number };
  artist: ArtistRef;
  venue: VenueRef;
  fans: number;
  votes: number;
  kinds: Signal["kind"][];
}

export interface CaseFan {
  id: number;
  displayName: string;
  /** From opening the account to the first vote on the show, in ms. */
  ageAtVote: number | null;
  /** Titles in the order voted for. */
  songs: string[];
}

/** A song of the ballot that the case moves: its votes and rank now and after the other decision. */
export interface CaseSong {
  title: string;
  votes: number;
  rank: number;
  thenVotes: number;
  thenRank: number;
}

export interface CasePage extends CaseSummary {
  signals: Signal[];
  /** Titles of the songs that signals name, by setlist song id. */
  titles: Record<number, string>;
  decidedAt: string | null;
  /** Null too where the moderator's account is gone. */
  decidedBy: string | null;
  note: string | null;
  /** The first 200. */
  members: CaseFan[];
  tally: CaseSong[];
}

/** The most fans that a case shows by name. */
const SHOWN_FANS = 200;

/** One page of cases, latest first. Throws `invalid` for a made-up cursor. */
export async function moderationCases(
  reader: Reader,
  { status, cursor, limit }: { status: CaseStatus; cursor?: string | undefined; limit: number },
): Promise<{ items: CaseSummary[]; nextCursor: string | null }> {
  const before = cursor === undefined ? undefined : decodeCursor(cursor, ["number"])[0];
  const rows = await listCases(reader, { decision: status === "open" ? null : status, before, limit: limit + 1 });
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: await summaries(reader, page),
    nextCursor: last && rows.length > page.length ? encodeCursor([last.id]) : null,
  };
}

/** One case with its fans and what the other decision would change. Throws `not_found`. */
export async function moderationCase(reader: Reader, id: number): Promise<CasePage> {
  const row = await caseById(reader, id);
  if (!row) throw notFound("case");
  const [summary] = await summaries(reader, [row]);
  const ballot = await rankedBallot(reader, row.showId);
  const moved = await caseVotes(reader, { showId: row.showId, caseId: id });
  const titles = Object.fromEntries(ballot.map((song) => [song.setlistSongId, song.title]));
  const fans = await caseBallots(reader, id, SHOWN_FANS);
  return {
    ...summary!,
    signals: row.signals,
    titles,
    decidedAt: row.decidedAt === null ? null : iso(row.decidedAt),
    decidedBy: row.decidedBy,
    note: row.note,
    members: fans.map(({ userId, displayName, createdAt, firstCastAt, chosen }) => ({
      id: userId,
      displayName,
      ageAtVote: firstCastAt === null ? null : firstCastAt - createdAt,
      songs: (JSON.parse(chosen) as number[]).map((song) => titles[song] ?? ""),
    })),
    tally: changed(ballot, moved, row.heldAt === null ? -1 : 1),
  };
}

async function summaries(reader: Reader, rows: readonly ListedCase[]): Promise<CaseSummary[]> {
  const sizes = new Map((await caseSizes(reader, rows.map((row) => row.id))).map((size) => [size.id, size]));
  return rows.map(({ id, decision, heldAt, openedAt, score, show, artist, venue, signals }) => ({
    id,
    status: decision ?? "open",
    held: heldAt !== null,
    openedAt: iso(openedAt),
    score,
    show,
    artist,
    venue,
    fans: sizes.get(id)?.fans ?? 0,
    votes: sizes.get(id)?.votes ?? 0,
    kinds: signals.map((signal) => signal.kind),
  }));
}

/** The songs that a case moves, in today's rank order, before and after the votes go (-1) or come (1). */
function changed(
  ballot: Awaited<ReturnType<typeof rankedBallot>>,
  moved: readonly { setlistSongId: number; votes: number }[],
  sign: 1 | -1,
): CaseSong[] {
  const by = new Map(moved.map((song) => [song.setlistSongId, song.votes]));
  const then = ballot.map((song) => ({ ...song, votes: song.votes + sign * (by.get(song.setlistSongId) ?? 0) }));
  then.sort((a, b) => b.votes - a.votes || a.position - b.position);
  const after = new Map(then.map((song, i) => [song.setlistSongId, { votes: song.votes, rank: i + 1 }]));
  return ballot.flatMap(({ setlistSongId, title, votes }, i) => {
    const { votes: thenVotes, rank: thenRank } = after.get(setlistSongId)!;
    return by.has(setlistSongId) ? [{ title, votes, rank: i + 1, thenVotes, thenRank }] : [];
  });
}
