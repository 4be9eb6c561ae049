import { scoreArtists, type ArtistSide } from "#server/domain/matching/score-artists.ts";
import { scoreSongs } from "#server/domain/matching/score-songs.ts";
import { scoreVenues, type VenueSide } from "#server/domain/matching/score-venues.ts";
import type { Score } from "#server/domain/matching/evidence.ts";
import type { Provider } from "#server/domain/provider-records.ts";
import type { Scored } from "./figures.ts";
import type { Row } from "./pairs.ts";

const PLATFORMS: Record<string, Provider> = { musicbrainz: "musicbrainz", "setlist.fm": "setlistfm", ticketmaster: "ticketmaster", spotify: "spotify" };

function scored(a: string, b: string, same: boolean, { confidence, evidence }: Score): Scored {
  return { a, b, same, confidence, why: evidence.map((each) => ("way" in each ? `${each.kind} ${each.way}` : each.kind)).join(", ") };
}

/** By nothing but the two names. */
export function artistNames(rows: Row[]): Scored[] {
  return rows.map(({ name_a: a, name_b: b, same }) => scored(a!, b!, same === "1", scoreArtists({ name: a! }, { name: b! })));
}

/** As records: each name with an id of the provider that has it, so that two of one provider are known to be two records. */
export function artistRecords(rows: Row[]): Scored[] {
  const side = (name: string, platform: string, id: string): ArtistSide => {
    const provider = PLATFORMS[platform];
    return { name, ids: provider ? [{ provider, id }] : [] };
  };
  return rows.map((row, at) => {
    const [a, b] = [side(row["name_a"]!, row["platform_a"]!, `${at} a`), side(row["name_b"]!, row["platform_b"]!, `${at} b`)];
    return scored(a.name, b.name, row["same"] === "1", scoreArtists(a, b));
  });
}

export function songTitles(rows: Row[]): Scored[] {
  return rows.map(({ title_a: a, title_b: b, same }) => scored(a!, b!, same === "1", scoreSongs({ title: a! }, { title: b! })));
}

function milliseconds(time: string): number | null {
  const [, minutes, seconds] = /^(\d+):(\d+)$/.exec(time) ?? [];
  return minutes === undefined ? null : (Number(minutes) * 60 + Number(seconds)) * 1_000;
}

/** Tracks of two shops. The label is of recordings, so a remix and its original count as wrong here. */
export function shopTracks(rows: Row[]): Scored[] {
  return rows.map((row) => {
    const side = (of: "a" | "b") => ({ title: row[`song_${of}`]!, artist: row[`artist_${of}`]!, durationMs: milliseconds(row[`time_${of}`]!) });
    return scored(side("a").title, side("b").title, row["same"] === "1", scoreSongs(side("a"), side("b")));
  });
}

/** "Name, Town, Rest": the last parts are the place, and the town the first of them. */
function venueSide(text: string): VenueSide {
  const [name, city] = text.split(/,\s*/);
  return { name: name!, city: city || null };
}

/** All pairs are one venue each; those made of two rows whose towns differ are two. */
export function venues(rows: Row[]): Scored[] {
  const pair = (a: string, b: string, same: boolean) => scored(a, b, same, scoreVenues(venueSide(a), venueSide(b)));
  const one = rows.map(({ venue_a: a, venue_b: b }) => pair(a!, b!, true));
  const two = rows.flatMap(({ venue_a: a }, at) => {
    const b = rows[(at * 7 + 13) % rows.length]!["venue_b"]!;
    return venueSide(a!).city === venueSide(b).city ? [] : [pair(a!, b, false)];
  });
  return [...one, ...two];
}
