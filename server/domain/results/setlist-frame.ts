import type { Provider } from "../provider-records.ts";
import type { CrowdScore } from "../scoring/crowd-score.ts";
import type { FanKey } from "../scoring/fan-score.ts";
import type { ListScore } from "../scoring/list-score.ts";
import type { Outcome } from "../scoring/outcome.ts";
import type { EntryKind, Role } from "../scoring/played.ts";
import type { NoScoreReason } from "../scoring/show-key.ts";
import type { Verdict } from "../scoring/verdict.ts";
import type { SetlistStatus } from "../setlists/accounts.ts";
import type { SetLines, SongLine } from "../setlists/written-down.ts";

/** One entry of the setlist that counts. */
export interface FrameSong extends SongLine {
  /** From 1 through the whole show, tapes counted. */
  position: number;
  kind: EntryKind;
  /** Points that a vote for it earns; null where nobody could vote for it, and while there are no scores. */
  worth: number | null;
}

export type FrameSet<S = FrameSong> = SetLines<S>;

/** Whose account of the show counts, and where it has to be linked to. */
export interface FrameAccount {
  id: number;
  /** Null for one that was written down here. */
  provider: Provider | null;
  source: string;
  url: string | null;
  linkText: string | null;
  version: string;
  note: string | null;
}

/** Another account of the night, which does not count. */
export interface OtherAccount extends Pick<FrameAccount, "id" | "source" | "url" | "linkText"> {
  status: SetlistStatus;
  /** Songs written down, tapes not counted. */
  songs: number;
}

export type ListName = "crowd" | "forecast" | "lastShows";

/** How a list's first N songs went; see `ListScore`. */
export type ListFigures = Pick<ListScore, "hits" | "of" | "overlap" | "rankQuality" | "brier">;

/** What each vote and call is worth, as JSON has it: pairs of a song's id and points. */
export interface WorthTable {
  songs: [songId: number, points: number][];
  calls: Record<Role, [songId: number, points: number][]>;
  possible: number;
  ranked: boolean;
}

/** What was played and how the crowd, the forecast and the last shows' songs did: the same for everyone. */
export interface SetlistFrame {
  account: FrameAccount;
  /** All other accounts of the night. */
  others: OtherAccount[];
  status: SetlistStatus;
  sets: FrameSet[];
  /** N: how many different songs were played, and how many of them match no song of ours. */
  count: number;
  unknown: number;
  lists: Record<ListName, ListFigures | null>;
  /** Null where there are no scores, as `noScore` says why. */
  verdict: Verdict | null;
  noScore: NoScoreReason | null;
  worth: WorthTable | null;
}

type WrittenSong = Omit<FrameSong, "kind" | "worth">;

/** An account, those beside it and the outcome that follows from it, put together; `kindOf` says what an entry is. */
export function setlistFrame(
  { account, others }: Pick<SetlistFrame, "account" | "others">,
  sets: readonly FrameSet<WrittenSong>[],
  { setlist, scoring, crowd }: Outcome,
  kindOf: (song: WrittenSong) => EntryKind,
): SetlistFrame {
  const key = scoring.verdict === "scored" ? scoring.key : null;
  const worthOf = ({ songId }: WrittenSong) => (songId === null ? null : (key?.worth.get(songId) ?? null));
  return {
    account,
    others,
    status: setlist.status,
    sets: sets.map(({ songs, ...set }) => ({ ...set, songs: songs.map((song) => ({ ...song, kind: kindOf(song), worth: worthOf(song) })) })),
    count: key?.played.count ?? 0,
    unknown: key?.played.unknown ?? 0,
    lists: { crowd: figuresOf(crowd, "crowd"), forecast: figuresOf(crowd, "forecast"), lastShows: figuresOf(crowd, "lastShows") },
    verdict: crowd?.verdict ?? null,
    noScore: scoring.verdict === "none" ? scoring.reason : null,
    worth: key && worthTable(key),
  };
}

function figuresOf(crowd: CrowdScore | null, list: ListName): ListFigures | null {
  const score = crowd?.[list];
  if (!score) return null;
  const { hits, of, overlap, rankQuality, brier } = score;
  return { hits, of, overlap, rankQuality, brier };
}

function worthTable({ worth, calls, possible, ranked }: FanKey): WorthTable {
  return { songs: [...worth], calls: { opener: [...calls.opener], closer: [...calls.closer], encore: [...calls.encore] }, possible, ranked };
}

/** The key of a fan's score, read back. */
export function keyFrom({ songs, calls, possible, ranked }: WorthTable): FanKey {
  return {
    worth: new Map(songs),
    calls: { opener: new Map(calls.opener), closer: new Map(calls.closer), encore: new Map(calls.encore) },
    possible,
    ranked,
  };
}
