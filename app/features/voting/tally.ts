import type { Allowance, ShowPage, Voting } from "../../http/answers.ts";
import type { VoteAnswer } from "./vote-answer.ts";

/** One frame of the live stream: always the complete tally. */
export interface TallyFrame {
  version: number;
  total: number;
  songs: { setlistSongId: number; votes: number }[];
}

interface Song {
  setlistSongId: number;
  title: string;
  suggested: boolean;
  /** Place on the ballot before anyone voted. */
  position: number;
  /** The last count the server told. */
  votes: number;
  /** Whether the server holds this fan's vote. */
  mine: boolean;
  /** What the forecast gives it, 0 to 1; null without one. It does not move with votes. */
  forecast: number | null;
  reasons: string;
  /** How fast its votes come, 1 for as usual, as of the page's loading. */
  trend: number;
}

/** A wish the server has not answered: the state asked for and the count to show until then. */
interface Wish {
  mine: boolean;
  votes: number;
}

export interface Tally {
  version: number;
  total: number;
  songs: Song[];
  wishes: Record<number, Wish>;
  allowance: Allowance | null;
  allowanceVersion: number;
  voting: Voting;
}

export interface Row extends Song {
  rank: number;
  /** 0..1 of all votes of the show. */
  share: number;
  /** 0..1 of the leader's votes. */
  ofLeader: number;
  pending: boolean;
}

export type TallyEvent =
  | { type: "snapshot"; page: ShowPage }
  | { type: "frame"; frame: TallyFrame }
  | { type: "voting"; voting: Voting }
  | { type: "wished"; setlistSongId: number; mine: boolean }
  | { type: "answered"; answer: VoteAnswer };

export function tallyOf(page: ShowPage): Tally {
  return {
    version: page.tallyVersion,
    total: page.totalVotes,
    songs: page.ballot.map(songOf),
    wishes: {},
    allowance: page.allowance,
    allowanceVersion: page.tallyVersion,
    voting: page.voting,
  };
}

/** The whole life of a ballot on one page; pure, so that it can be tested without a browser. */
export function reduceTally(tally: Tally, event: TallyEvent): Tally {
  switch (event.type) {
    case "snapshot":
      return withSnapshot(tally, event.page);
    case "frame":
      return withFrame(tally, event.frame);
    case "voting":
      return { ...tally, voting: event.voting };
    case "wished":
      return withWish(tally, event.setlistSongId, event.mine);
    case "answered":
      return withAnswer(tally, event.answer);
  }
}

/** Whether a frame names a song that this page has not loaded. */
export function hasUnknownSong(tally: Tally, frame: TallyFrame): boolean {
  const known = new Set(tally.songs.map((song) => song.setlistSongId));
  return frame.songs.some((song) => !known.has(song.setlistSongId));
}

function songOf({ song, share: _share, confidence: _confidence, ...row }: ShowPage["ballot"][number]): Song {
  return { ...row, title: song.title };
}

function withSnapshot(tally: Tally, page: ShowPage): Tally {
  const fresh = tallyOf(page);
  if (page.tallyVersion >= tally.version) return { ...fresh, wishes: tally.wishes };
  const known = new Map(tally.songs.map((song) => [song.setlistSongId, song]));
  const songs = fresh.songs.map((song) => known.get(song.setlistSongId) ?? song);
  return { ...tally, songs, voting: page.voting };
}

function withFrame(tally: Tally, frame: TallyFrame): Tally {
  if (frame.version < tally.version) return tally;
  const votes = new Map(frame.songs.map((song) => [song.setlistSongId, song.votes]));
  const songs = tally.songs.map((song) => {
    const now = votes.get(song.setlistSongId);
    return now === undefined || now === song.votes ? song : { ...song, votes: now };
  });
  return { ...tally, version: frame.version, total: frame.total, songs };
}

function withWish(tally: Tally, id: number, mine: boolean): Tally {
  const song = tally.songs.find((one) => one.setlistSongId === id);
  if (!song) return tally;
  const { [id]: before, ...wishes } = tally.wishes;
  if (song.mine === mine && !before) return tally;
  const votes = song.votes + Number(mine) - Number(song.mine);
  return { ...tally, wishes: { ...wishes, [id]: { mine, votes } } };
}

function withAnswer(tally: Tally, answer: VoteAnswer): Tally {
  const { [answer.setlistSongId]: _answered, ...wishes } = tally.wishes;
  return answer.ok
    ? withCounted({ ...tally, wishes }, answer)
    : withRefused({ ...tally, wishes }, answer);
}

function withCounted(tally: Tally, answer: VoteAnswer & { ok: true }): Tally {
  // A frame may have brought this vote, and later ones, before its own answer.
  const newer = answer.tallyVersion > tally.version;
  let gained = 0;
  const songs = tally.songs.map((song) => {
    if (song.setlistSongId !== answer.setlistSongId) return song;
    const votes = newer ? answer.votes : song.votes;
    gained = votes - song.votes;
    return { ...song, votes, mine: answer.intent === "vote" };
  });
  const version = Math.max(tally.version, answer.tallyVersion);
  return {
    ...tally,
    songs,
    version,
    total: tally.total + gained,
    ...newestAllowance(tally, answer),
  };
}

/** Refusals that tell the true state: the vote was there already, or was already gone. */
const TRUTH: Record<string, boolean> = { already_voted: true, not_voted: false };

function withRefused(tally: Tally, answer: VoteAnswer & { ok: false }): Tally {
  const mine = TRUTH[answer.reason];
  if (mine === undefined) return tally;
  const songs = tally.songs.map((song) =>
    song.setlistSongId === answer.setlistSongId ? { ...song, mine } : song,
  );
  return { ...tally, songs };
}

/** Answers may overtake each other; of one version's answers the scarcer is the later. */
function newestAllowance(tally: Tally, answer: VoteAnswer & { ok: true }) {
  const { allowance: known, allowanceVersion } = tally;
  const { allowance: told, tallyVersion } = answer;
  if (known && tallyVersion < allowanceVersion) return {};
  if (!known || tallyVersion > allowanceVersion)
    return { allowance: told, allowanceVersion: tallyVersion };
  const allowance = {
    ...told,
    show: Math.min(told.show, known.show),
    day: Math.min(told.day, known.day),
  };
  return { allowance };
}

function shownSong(song: Song, wish: Wish | undefined): Song {
  if (!wish) return song;
  // The live frame may already hold the vote that is still unanswered: never count it twice.
  const beyond = wish.mine ? Math.max : Math.min;
  return {
    ...song,
    mine: wish.mine,
    votes: wish.mine === song.mine ? song.votes : beyond(song.votes, wish.votes),
  };
}

/**
 * The ballot as the fan sees it: wishes counted in, most votes first, ties in ballot order.
 */
export function rowsOf(tally: Tally): Row[] {
  const shown = tally.songs.map((song) => shownSong(song, tally.wishes[song.setlistSongId]));
  const total = shown.reduce((sum, song) => sum + song.votes, 0);
  const leader = Math.max(1, ...shown.map((song) => song.votes));
  return shown
    .sort((x, y) => y.votes - x.votes || x.position - y.position)
    .map((song, index) => ({
      ...song,
      rank: index + 1,
      share: total === 0 ? 0 : song.votes / total,
      ofLeader: song.votes / leader,
      pending: song.setlistSongId in tally.wishes,
    }));
}

/** The allowance with unanswered wishes taken off. */
export function allowanceOf(tally: Tally): Allowance | null {
  if (!tally.allowance) return null;
  const { show, day } = tally.allowance;
  const changed = tally.songs.filter((song) => {
    const wish = tally.wishes[song.setlistSongId];
    return wish && wish.mine !== song.mine;
  });
  const cast = changed.filter((song) => !song.mine).length;
  const left = (n: number) => Math.max(0, n);
  return {
    ...tally.allowance,
    show: left(show - cast + (changed.length - cast)),
    day: left(day - cast),
  };
}
