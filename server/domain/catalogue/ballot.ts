import { readMark, type VariantKind } from "./title-marks.ts";

/** What a ballot has to know of one recording of a song. */
export interface BallotVariant {
  kind: VariantKind;
  live: boolean;
  video: boolean;
  durationMs: number | null;
  note: string | null;
}

export type BallotReason =
  | "song"
  /** An intro, interlude, skit, noise, silence, a track without a name. */
  | "not_a_song"
  /** Somebody talks: an interview, a commentary, a chapter read aloud. */
  | "spoken"
  /** Several songs in one track. */
  | "medley"
  /** No studio recording: a cover, a jam, or a song of one night. */
  | "live_only"
  | "video_only"
  | "too_short"
  /** It went into another song and stays for the votes that it has. */
  | "absorbed";

/** Shorter tracks are scraps, in ms. */
const SHORTEST_SONG = 30_000;
/** What is named like a scrap and is shorter than this, in ms, is one. */
const SHORTEST_OF_SUCH_NAME = 60_000;
/** An intro or outro as long as this, in ms, is played as a song is. */
const LONG_INTRO = 120_000;

const BETWEEN = "intro(?:duction)?|outro|interlude|skit|intermission";
const NUMBER = "(?: *(?:no\\.? ?|#)?[\\p{N}ivx]+)?";
const NOT_A_SONG = [
  new RegExp(`^(?:the )?(?:${BETWEEN})${NUMBER}$`, "iu"),
  new RegExp(`^(?:${BETWEEN})${NUMBER} *[:–—([-]`, "iu"),
  new RegExp(`[(\\[](?:the )?(?:[^()\\[\\]]* )?(?:${BETWEEN})${NUMBER}[)\\]]$`, "iu"),
  new RegExp(`\\S\\s[-–—:]\\s(?:${BETWEEN})${NUMBER}$`, "iu"),
  /\S\s(?:skit|interlude)$/iu,
  /^(?:crowd noise|audience(?: noise)?|crowd intro|tuning up|sound ?check|encore (?:break|call)|set ?break|end credits|band entrance|(?:intro|outro|walk[- ]?(?:on|in|out)) (?:tape|music)|tape intro|data track|hidden track|no title|unknown(?: song| track)?|untitled track|bonus beats?|count[- ]?(?:in|off)|false start|studio chatter)$/iu,
  /^track \p{N}+$/iu,
  /^(?:continuous|nonstop|non-stop|dj) mix$|[([-]\s*(?:continuous (?:dj )?mix|dj mix|full album|album sampler|mixed tape)\s*[)\]]?$|^(?:album )?sampler$/iu,
];
/** Names of scraps, and of songs too: length tells. */
const LIKE_A_SCRAP = /^(?:silence|noise|applause|tuning|announcements?|monologue|dialogue|blank|crowd|encore|chatter|laughter|talk|talking|opening|closing|ending|credits|entrance|commercial|speech)$|\s(?:intro|outro)$/iu;
const INTRO = /^(?:the )?(?:intro(?:duction)?|outro)$/iu;
/** A track with nothing but a note in square brackets for a name, such as "[crowd noise]". */
const BRACKETED_NOTE = /^\[[^[\]]*\]$/u;
const SPOKEN = [
  /^(?:the )?(?:interview|commentary|spoken(?: word| intro| introduction)?|(?:stage )?banter|stage talk|announcer|introductions|press conference|podcast|voice ?mail|phone call|answering machine|radio (?:spot|ad|commercial|promo)|audiobook)(?: *#?\p{N}+)?$/iu,
  /^(?:interview|conversation|q ?& ?a) (?:with|by|mit|avec|con)\s|^(?:introduction|introduced|intro) by\s|^(?:a )?message (?:from|to our)\s/iu,
  /(?:^|\s)(?:band intro(?:duction)?s?|introducing the band|track[- ]by[- ]track|audio commentary)(?:\s|$)/iu,
  /[([]\s*(?:[^()[\]]* )?(?:interview|commentary|speech|spoken(?: word| intro(?:duction)?)?|dialogue|monologue|banter|talk|talking|announcement|voice memo)\s*[)\]]$/iu,
  /\s[-–—:]\s(?:interview|commentary|speech|spoken word|dialogue|audio commentary)(?:\s|$)/iu,
  /^(?:podcast|episode|folge|hörbuch|audiobook)\s*[#:]?\s*\p{N}+|^kapitel \p{N}+|^chapter \p{N}+\s*[:.–—-]|[-–—:,.]\s*(?:chapter|kapitel|capítulo|capitolo|chapitre|teil) \p{N}+/iu,
];
const MEDLEY = /(?:^|[^\p{L}])(?:medley|potpourri|megamix)(?:[^\p{L}]|$)|メドレー/iu;
const PARTS_OF_A_MEDLEY = /\s+\/\s+|\s+(?:->|→|>|»)\s*/u;
const SPOKEN_NOTE = /(?:^|[\s,;(])(?:spoken|interview|commentary|speech|dialogue|banter|introductions?|talking)(?:[\s,;)]|$)/iu;

function saysMedley(title: string): boolean {
  return MEDLEY.test(title) || title.split(PARTS_OF_A_MEDLEY).length > 2;
}

/** The longest of some recordings, in ms; null where none is known. */
function longest(variants: BallotVariant[]): number | null {
  const known = variants.flatMap(({ durationMs }) => durationMs ?? []);
  return known.length === 0 ? null : Math.max(...known);
}

function byTitle(title: string, ms: number | null): BallotReason | null {
  const short = title.slice(0, 300);
  if (BRACKETED_NOTE.test(short) && readMark(short.slice(1, -1)) === null) return "not_a_song";
  if (SPOKEN.some((pattern) => pattern.test(short))) return "spoken";
  if (INTRO.test(short) && ms !== null && ms >= LONG_INTRO) return null;
  if (NOT_A_SONG.some((pattern) => pattern.test(short))) return "not_a_song";
  if (LIKE_A_SCRAP.test(short) && ms !== null && ms < SHORTEST_OF_SUCH_NAME) return "not_a_song";
  return saysMedley(short) ? "medley" : null;
}

function byVariants(heard: BallotVariant[], studio: BallotVariant[], ms: number | null): BallotReason | null {
  if (heard.length === 0) return "video_only";
  if (studio.length === 0) return "live_only";
  if (studio.every(({ note }) => note !== null && SPOKEN_NOTE.test(note))) return "spoken";
  if (studio.every(({ note }) => note !== null && MEDLEY.test(note))) return "medley";
  return ms !== null && ms < SHORTEST_SONG ? "too_short" : null;
}

/**
 * Whether a song, by its own title and at least one variant, belongs on a ballot. What does not is still matched when it is played. Covers
 * with a studio recording do; of a song of unknown length the length says nothing.
 */
export function ballotWorthy(title: string, variants: BallotVariant[]): { ballot: boolean; why: BallotReason } {
  const heard = variants.filter(({ video }) => !video);
  const studio = heard.filter(({ live }) => !live);
  const ms = longest(studio) ?? longest(heard);
  const why = byTitle(title, ms) ?? byVariants(heard, studio, ms) ?? "song";
  return { ballot: why === "song", why };
}
