import { artistByKey } from "#db/queries/catalogue.ts";
import { boardArtists, type BoardKey, boardNames, type BoardPlace, boardRows, countBefore, ownStanding, type StandingRow } from "#db/queries/leaderboards.ts";
import { accuracyOf, type AccuracyPrior } from "../domain/scoring/accuracy.ts";
import { LEAST_SHOWS } from "../domain/scoring/leaderboard.ts";
import { decodeCursor, encodeCursor } from "./cursor.ts";
import { missing } from "./missing.ts";
import type { Key, Reader } from "./reader.ts";
import type { ArtistRef } from "./show-summary.ts";
import { usualAccuracy } from "./usual-accuracy.ts";

/** Whose shows a leaderboard is made of. */
export type BoardChoice = { board: "all" } | { board: "year"; year: number } | { board: "artist"; artist: Key } | { board: "tour"; artist: Key; tour: string };

export interface FanOnBoard {
  fan: { id: number; name: string };
  /** Mean share of what was possible, drawn towards nothing, 0 to 1. */
  rating: number;
  /** Rated shows. */
  shows: number;
  hits: number;
  votes: number;
  points: number;
  /** Share of the votes that hit, drawn towards what is usual, 0 to 1. */
  accuracy: number;
}

export interface Leaderboard {
  board: BoardChoice["board"];
  year: number | null;
  artist: ArtistRef | null;
  tour: string | null;
  /** Best first. `rank` counts from 1 among all that are listed, or among the fans that were chosen. */
  rows: (FanOnBoard & { rank: number })[];
  nextCursor: string | null;
  /** Rated shows that a fan needs to be listed. */
  leastShows: number;
  /** The asking fan, with a null rank until there are enough shows; null without a rated show. */
  mine: (FanOnBoard & { rank: number | null }) | null;
}

export interface LeaderboardQuery {
  choice: BoardChoice;
  /** Only these fans; absent for all. */
  fans?: readonly number[] | undefined;
  cursor?: string | undefined;
  limit: number;
  /** Null for an anonymous visitor. */
  userId: number | null;
}

/** One page of a leaderboard. Throws `not_found` or `gone` for an artist, `invalid` for a made-up cursor. */
export async function leaderboard(reader: Reader, { choice, fans: chosen, cursor, limit, userId }: LeaderboardQuery): Promise<Leaderboard> {
  const artist = "artist" in choice ? await found(reader, choice.artist) : null;
  const board = keyOf(choice, artist?.id ?? 0);
  const fans = chosen ?? null;
  const after = cursor === undefined ? null : toPlace(cursor);
  const rows = await boardRows(reader, { board, fans, after, limit: limit + 1 });
  const page = rows.slice(0, limit);
  const before = page[0] && after !== null ? await countBefore(reader, { board, fans, place: page[0] }) : 0;
  const prior = await usualAccuracy(reader);
  const last = page.at(-1);
  return {
    board: choice.board,
    year: choice.board === "year" ? choice.year : null,
    artist,
    tour: choice.board === "tour" ? choice.tour : null,
    rows: page.map((row, i) => ({ rank: before + i + 1, ...present(row, prior) })),
    nextCursor: last && rows.length > page.length ? encodeCursor([last.rating, last.points, last.hits, last.lastVoteAt, last.userId]) : null,
    leastShows: LEAST_SHOWS[choice.board],
    mine: userId === null ? null : await placeOnBoard(reader, { board, fans, userId, prior }),
  };
}

/** Which leaderboards there are to look at. */
export interface BoardList {
  /** Latest first. */
  years: number[];
  /** By name. */
  artists: ArtistRef[];
  /** Of the artist that was asked for, by name. */
  tours: string[];
  artist: ArtistRef | null;
}

/** Names that a list of leaderboards has at most, of each kind. */
const MOST_NAMED = 500;

/** The leaderboards on which somebody is listed; the tours of one artist. Throws `not_found` or `gone`. */
export async function leaderboardList(reader: Reader, { artist: key }: { artist?: Key | undefined }): Promise<BoardList> {
  const artist = key === undefined ? null : await found(reader, key);
  const years = await boardNames(reader, { kind: "year", artistId: 0 }, MOST_NAMED);
  const tours = artist === null ? [] : await boardNames(reader, { kind: "tour", artistId: artist.id }, MOST_NAMED);
  return { years: years.map(Number).toReversed(), artists: await boardArtists(reader, MOST_NAMED), tours, artist };
}

async function found(reader: Reader, key: Key): Promise<ArtistRef> {
  const artist = await artistByKey(reader, key);
  if (!artist) throw await missing(reader, "artist", key);
  const { id, slug, name, genre, country } = artist;
  return { id, slug, name, genre, country };
}

function keyOf(choice: BoardChoice, artistId: number): BoardKey {
  const name = choice.board === "year" ? String(choice.year) : choice.board === "tour" ? choice.tour : "";
  return { kind: choice.board, artistId, name };
}

function toPlace(cursor: string): BoardPlace {
  const [rating, points, hits, lastVoteAt, userId] = decodeCursor(cursor, ["number", "number", "number", "number", "number"]);
  return { rating, points, hits, lastVoteAt, userId };
}

function present({ userId, displayName, shows, hits, votes, points, rating }: StandingRow, prior: AccuracyPrior): FanOnBoard {
  return { fan: { id: userId, name: displayName }, rating: rating / 1_000_000, shows, hits, votes, points, accuracy: accuracyOf(prior, { hits, votes }) };
}

interface Asked {
  board: BoardKey;
  fans: readonly number[] | null;
  userId: number;
  prior: AccuracyPrior;
}

/** Where a fan stands on a board. */
export async function placeOnBoard(reader: Reader, { board, fans, userId, prior }: Asked): Promise<Leaderboard["mine"]> {
  const standing = await ownStanding(reader, board, userId);
  if (standing === null) return null;
  return { rank: standing.listed ? (await countBefore(reader, { board, fans, place: standing })) + 1 : null, ...present(standing, prior) };
}
