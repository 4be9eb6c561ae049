import type { TestDatabase } from "./test-database.ts";

type Row = Record<string, unknown>;
const n = (value: unknown) => Number(value);

/** What each fan's votes at each show came to, worked out anew, row by row, from what stands in the database and the words of docs/scoring.md. */
export async function naiveScores(database: TestDatabase): Promise<Row[]> {
  const shows = await database.rows("SELECT s.id, a.id AS setlist FROM shows s JOIN actual_setlists a ON a.show_id = s.id ORDER BY s.id");
  const all: Row[] = [];
  for (const show of shows) all.push(...(await scoresAt(database, n(show["id"]), n(show["setlist"]))));
  return all;
}

async function scoresAt(database: TestDatabase, showId: number, setlistId: number): Promise<Row[]> {
  const played = await database.rows("SELECT p.song_id AS song, e.encore FROM played_songs p JOIN actual_sets e ON e.setlist_id = p.setlist_id AND e.number = p.set_number WHERE p.setlist_id = ? ORDER BY p.position", setlistId);
  const ballot = await database.rows("SELECT p.id, p.song_id AS song, c.played, c.opener, c.closer, c.encore FROM setlist_songs p JOIN song_chances c ON c.show_id = p.show_id AND c.song_id = p.song_id WHERE p.show_id = ?", showId);
  const points = (chance: unknown) => Math.max(1, Math.round(10 * Math.min(6, -Math.log2(n(chance)))));
  const songs = new Set(played.map(({ song }) => song));
  const hits = ballot.filter(({ song }) => songs.has(song));
  const best = hits.map((song) => Math.max(10, points(song["played"]))).sort((a, b) => b - a).slice(0, 10).reduce((sum, one) => sum + one, 0);
  const roles: Record<string, unknown[]> = { opener: [played[0]!["song"]], closer: [played.at(-1)!["song"]], encore: played.filter(({ encore }) => encore !== null).map(({ song }) => song) };
  const votes = await database.rows("SELECT user_id AS fan, setlist_song_id AS song, cast_at AS at FROM votes WHERE show_id = ?", showId);
  const calls = await database.rows("SELECT user_id AS fan, role, setlist_song_id AS song FROM calls WHERE show_id = ?", showId);
  return [...new Set(votes.map(({ fan }) => n(fan)))].sort((a, b) => a - b).map((fan) => {
    const mine = votes.filter((vote) => vote["fan"] === fan);
    const right = hits.filter(({ id }) => mine.some(({ song }) => song === id));
    const came = calls.flatMap((call) => right.filter(({ id, song }) => call["fan"] === fan && call["song"] === id && roles[String(call["role"])]!.includes(song)).map((song) => points(song[String(call["role"])])));
    const extra = came.reduce((sum, one) => sum + one, 0);
    const sum = right.reduce((total, song) => total + points(song["played"]), extra);
    const share = hits.length < 5 ? null : Math.min(10_000, Math.floor((sum * 10_000) / best));
    return { show: showId, fan, votes: mine.length, hits: right.length, points: sum, calls: came.length, extra, share, last: Math.max(...mine.map(({ at }) => n(at))) };
  });
}

/** The leaderboards that follow from scores: fans with shows enough, in order, by board. */
export async function naiveBoards(database: TestDatabase, scores: Row[]): Promise<Record<string, Row[]>> {
  const shows = new Map((await database.rows("SELECT id, artist_id AS artist, coalesce(tour, '') AS tour, substr(local_date, 1, 4) AS year FROM shows")).map((show) => [n(show["id"]), show]));
  const boards = new Map<string, Map<number, Row[]>>();
  for (const score of scores.filter(({ share }) => share !== null)) {
    const { artist, tour, year } = shows.get(n(score["show"]))!;
    for (const board of ["all 0 ", `year 0 ${String(year)}`, `artist ${n(artist)} `, ...(tour === "" ? [] : [`tour ${n(artist)} ${String(tour)}`])]) {
      const fans = boards.get(board) ?? boards.set(board, new Map()).get(board)!;
      fans.set(n(score["fan"]), [...(fans.get(n(score["fan"])) ?? []), score]);
    }
  }
  const rows = [...boards].map(([board, fans]) => [board, ranked(fans, /^(?:all|year)/.test(board) ? 5 : 3)] as const);
  return Object.fromEntries(rows.filter(([, listed]) => listed.length > 0));
}

function ranked(fans: Map<number, Row[]>, least: number): Row[] {
  const rows = [...fans].filter(([, scores]) => scores.length >= least).map(([fan, scores]) => {
    const sum = (name: string) => scores.reduce((total, score) => total + n(score[name]), 0);
    return { fan, shows: scores.length, votes: sum("votes"), hits: sum("hits"), points: sum("points"), rating: Math.floor((sum("share") * 100) / (scores.length + 5)), last: Math.max(...scores.map(({ last }) => n(last))) };
  });
  return rows.sort((a, b) => b.rating - a.rating || b.points - a.points || b.hits - a.hits || a.last - b.last || a.fan - b.fan);
}
