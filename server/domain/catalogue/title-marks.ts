/** What a recording is beside the song as it was first released; the ones further down weigh more when there are several. */
export const VARIANT_KINDS = ["original", "remaster", "edit", "alternate", "acoustic", "instrumental", "remix", "demo", "live"] as const;
export type VariantKind = (typeof VARIANT_KINDS)[number];

/** What some words of a title say about the recording. */
export interface Mark {
  kind: VariantKind;
  live: boolean;
}

/** Longer words are a subtitle, whatever is in them. */
const LONGEST_MARK = 150;

const LIVE_BEFORE = "version|ver|take|mix|acoustic|sessions?|recording|performance|edit|medley|bootleg|video|audio|bonus|remaster|remastered|instrumental|demo|tour|studio|lounge|track|album|solo|band|concert|unplugged";
const LIVE = [
  /^(?:recorded |performed |acoustic |solo |full )*live(?:$|[^\p{L}\s]|\s[^\p{L}\s]|\s(?:at|in|from|on|aus|im|au|en|em|bei|op|pa)\s(?!me$|my |you|the moment|the now|peace|fear|love))/u,
  new RegExp(`^(?:recorded |performed |acoustic |solo |full )*live (?:${LIVE_BEFORE})(?:$|\\P{L})`, "u"),
  /(?:^|\s)(?:acoustic|bbc|mtv|unplugged|recorded|tv|session|sessions|studio|demo|tour|performed|instrumental|version|vevo|kexp|radio|\p{N}+) live$/u,
  /(?:^|\s)(?:bbc|mtv|kexp|vevo|studio|radio 1|triple j|spotify|itunes|apple music|amazon|acoustic|stripped) live(?:\s|$)/u,
  /(?:^|\s)live (?:version|ver|at|from|session|sessions|recording|take|in concert)(?:\P{L}|$)/u,
  /(?:^|\s)(?:en vivo|ao vivo|en directo|en direct|dal vivo|in concert|en concert|en concierto|em concerto|na zywo|v zivo|zive|canli|unplugged|concert version|concert recording)(?:\s|$)/u,
  /(?:^|\s)(?:peel|bbc|kexp|radio(?: \p{N}+)?|spotify|itunes|daytrotter|deezer|amazon|aol|tiny desk|npr|vevo|youtube|apple music|home) sessions?(?:\s|$)/u,
  /(?:triple j )?like a version$/u,
  /ライブ|ライヴ|라이브|现场|現場|演唱会|演唱會|концерт|вживую|ζωντανά/u,
];
const DEMO = /(?:^|\s)(?:demos?|outtakes?|rough mix|rehearsals?|work in progress|(?:early|alternate|alternative|first|second|original|rough) takes?|takes? \p{N}+|デモ)(?:\s|$)/u;
const REMIX = /(?:^|\s)(?:remix|remixes|remixed|rmx|rework|reworked|refix|mash[- ]?ups?|megamix|bootleg|re-?edit|dub|sped up|slowed|nightcore|flip|vip)(?:\s|$)|\s(?:mix|dub)$|(?:^|\s)mix(?:ed)? by\s|リミックス/u;
const SAME_MIX = /^(?:(?:original|album|single|main|standard|full|lp)(?: album| single| length)? mix|(?:\p{N}{4} )?(?:original )?(?:new )?(?:mono|stereo)?(?: album| single)?(?: mix| version)?(?: \p{N}{4})?)$/u;
const REMASTER = /(?:^|\s)(?:re-?master(?:ed|isado|izado|izada|ise|isé)?|remasteri[sz]ed|digital master|mono|stereo|dolby|atmos|surround|quad|\p{N}{4} mix)(?:\s|$)|リマスター|리마스터/u;
const INSTRUMENTAL = /(?:^|\s)(?:instrumentals?|karaoke|backing track|without vocals|no vocals|off vocal|minus one)(?:\s|$)|カラオケ|インストゥルメンタル/u;
const ACOUSTIC = /(?:^|\s)(?:acoustic|acustico|acustica|acoustique|akustik|akustisch|stripped|a ?cappella|acapella|piano|unplugged|orchestral|string quartet)(?: (?:version|ver\.?|mix|duet|take|session|demo|edit|\p{N}+))?$|^(?:acoustic|acústic[oa]|piano|orchestral|unplugged|stripped)(?:\s(?:at|from|in|on|version|mix)(?:\s|$)|[,;:])/u;
const EDIT = /(?:^|\s)(?:edit|edited|radio (?:edit|mix|version)|short(?:ened)? version|extended(?: (?:version|mix|edit|play))?|long(?:er)? version|full[- ]length(?: version)?|(?:7|12)(?:["”″]|''|’’| ?inch)(?: (?:version|mix|edit|single))?|clean edit|video (?:edit|version|mix))$/u;
const SAME = /^(?:(?:the )?(?:original|album|single|lp|ep|main|full|standard|studio|explicit|clean|uncensored|censored|video|audio|cd|vinyl|us|uk|u\.s\.|u\.k\.|deluxe|bonus|international)(?: (?:original|album|single|studio|explicit|clean))* (?:versions?|edition|track|release|recording|audio|video)|explicit(?: content)?|clean|bonus|bonus tracks?|b-?side|hidden track|album|single|non-album (?:track|single)|(?:previously )?unreleased|official (?:audio|video|music video|lyric video|visuali[sz]er)|(?:lyric|music) video|lyrics?|visuali[sz]er|from the vault|new recording)$/u;
const EDITION = /(?:^|\s)(?:deluxe|anniversary|expanded|special|collectors?'?s?|japanese?|limited|super deluxe) (?:edition|version|reissue)$|^(?:deluxe|expanded|[\p{N}]+th anniversary)(?:\s|$)|\bbonus track\b|(?:^|\s)(?:original )?(?:motion picture )?soundtrack(?:\s|$)|^(?:music |theme )?from (?:the )?(?:["“'‘«]|.*\b(?:film|movie|motion picture|soundtrack|musical|series|album|tv|game|netflix)\b)/u;
const VERSION = /^(?:version|en espanol|in spanish|in english|en francais|auf deutsch)(?:\s|$)|(?:^|\s)(?:vocals? only|track only|isolated vocals?|excerpt|snippet|version|versao|versione|fassung|alternat(?:e|ive)|alt|re-?recorded|re-?recording|rerecorded|ver\.?|with (?:vocals?|strings|orchestra|choir))$|^(?:alternate|alternative|alt\.?|re-?recorded)\s|ver\.$|バージョン|ヴァージョン|버전/u;
const GUEST = /^(?:feat|ft|featuring|f\/|prod|produced by|starring|con la participacion)(?:[.\s:]|$)/u;
const COVER = /(?:^|\s)(?:cover|cover version|covers)$|^(?:originally (?:by|performed by)|in the style of)\s/u;

/** "(with Willie Nelson)" names a guest, "(With You)" is a part of the title: a guest has a name in capitals. */
function namesGuest(words: string): boolean {
  if (/^\+ ?\p{L}/u.test(words)) return true;
  const [, next] = /^with ([\p{L}\p{N}.’']+)/iu.exec(words) ?? [];
  if (next === undefined || !/^[\p{Lu}\p{N}]/u.test(next)) return false;
  return !/^(?:me|you|us|him|her|them|it|my|your|our|his|their|the|a|an|no|out|all|love|or|and|every|this|that|these|those|one|two|in|some|someone|somebody|eyes|or)$/iu.test(next);
}

/** The kind that words such as "2011 remaster" or "acoustic" stand for. */
function kindOf(words: string): VariantKind | null {
  if (DEMO.test(words)) return "demo";
  if (INSTRUMENTAL.test(words)) return "instrumental";
  if (ACOUSTIC.test(words)) return "acoustic";
  if (SAME.test(words)) return "original";
  if (EDIT.test(words)) return "edit";
  if (REMASTER.test(words)) return "remaster";
  if (SAME_MIX.test(words) && /mix/.test(words)) return "original";
  if (REMIX.test(words)) return "remix";
  if (EDITION.test(words)) return "original";
  return VERSION.test(words) ? "alternate" : null;
}

function readPiece(shown: string): Mark | null {
  const words = shown.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").replace(/[‐‑]/g, "-").normalize("NFC").toLowerCase();
  if (GUEST.test(words) || namesGuest(shown)) return { kind: "original", live: false };
  if (/^live à /iu.test(shown) || LIVE.some((pattern) => pattern.test(words))) return { kind: "live", live: true };
  const kind = COVER.test(words) ? "original" : kindOf(words);
  return kind && { kind, live: false };
}

/** The strongest kind of several marks, and all that they say. */
export function joined(marks: Mark[]): Mark {
  const strongest = Math.max(0, ...marks.map(({ kind }) => VARIANT_KINDS.indexOf(kind)));
  return { kind: VARIANT_KINDS[strongest]!, live: marks.some(({ live }) => live) };
}

const PART = /^(?:parts?|pts?\.?|vol\.?|no\.?|#) ?[\p{N}ivx]+$/iu;
const PART_BEFORE = /^((?:parts?|pts?\.?|vol\.?) ?[\p{N}ivx]+)[\s,;:/-]+(.+)$/iu;

/**
 * What the words in brackets or after a dash say of the recording, and what of them stays in the title ("Part 1, Take 2" leaves "Part 1").
 * Null for words that are a part of the title.
 */
export function readMark(shown: string): { mark: Mark; kept: string } | null {
  const text = shown.trim();
  if (text === "" || text.length > LONGEST_MARK) return null;
  const [, part, rest] = PART_BEFORE.exec(text) ?? [];
  if (part === undefined || rest === undefined) return readWords(text);
  const read = readWords(rest);
  return read && { ...read, kept: part };
}

function readWords(text: string): { mark: Mark; kept: string } | null {
  const pieces = text.split(/\s*[,;/]\s*|\s+-\s+/).filter((piece) => piece !== "");
  const marks = pieces.map(readPiece);
  const found = marks.filter((each) => each !== null);
  const whole = readPiece(text);
  if (whole || marks[0]) return { mark: joined(whole ? [whole, ...found] : found), kept: "" };
  const last = marks.at(-1);
  if (!last) return null;
  const others = pieces.filter((_, at) => marks[at] === null);
  if (others.every((piece) => PART.test(piece))) return { mark: joined(found), kept: others.join(", ") };
  return last.live || last.kind === "remaster" || last.kind === "remix" ? { mark: joined(found), kept: "" } : null;
}

/** What a provider's own note says of the recording; words that it does not know say nothing. */
export function readNote(note: string): Mark {
  const pieces = note.slice(0, 500).split(/[,;:/()[\]]+/).map((piece) => piece.trim());
  return joined(pieces.map(readPiece).filter((each) => each !== null));
}
