/* Patterns over words in small letters without Latin accents: what stands in brackets or after a dash. */

/** One of the words or phrases, anywhere. */
function says(...phrases: string[]): RegExp {
  return new RegExp(`(?:^|\\s)(?:${phrases.join("|")})(?:\\s|$)`, "u");
}

/** These words or phrases and nothing else. */
function isAll(...phrases: string[]): RegExp {
  return new RegExp(`^(?:${phrases.join("|")})$`, "u");
}

const YEAR = "\\p{N}{4}";
const SESSIONS = "peel|bbc|kexp|radio(?: \\p{N}+)?|spotify|itunes|daytrotter|deezer|amazon|aol|tiny desk|npr|vevo|youtube|apple music|home";
const AFTER_LIVE =
  "version|ver|take|mix|acoustic|sessions?|recording|performance|edit|medley|bootleg|video|audio|bonus|remaster|remastered|instrumental|demo|tour|studio|lounge|track|album|solo|band|concert|unplugged";
const BEFORE_LIVE = "acoustic|bbc|mtv|unplugged|recorded|tv|sessions?|studio|demo|tour|performed|instrumental|version|vevo|kexp|radio|\\p{N}+";
/** "Live in the moment", "live on love": no place. */
const NO_PLACE = "me$|my |you|the moment|the now|peace|fear|love";
const LIVE_FIRST = "^(?:recorded |performed |acoustic |solo |full )*live";

export const LIVE = [
  new RegExp(`${LIVE_FIRST}(?:$|[^\\p{L}\\s]|\\s[^\\p{L}\\s]|\\s(?:at|in|from|on|aus|im|au|en|em|bei|op|pa)\\s(?!${NO_PLACE}))`, "u"),
  new RegExp(`${LIVE_FIRST} (?:${AFTER_LIVE})(?:$|\\P{L})`, "u"),
  new RegExp(`(?:^|\\s)(?:${BEFORE_LIVE}) live$`, "u"),
  says("(?:bbc|mtv|kexp|vevo|studio|radio 1|triple j|spotify|itunes|apple music|amazon|acoustic|stripped) live"),
  /(?:^|\s)live (?:version|ver|at|from|sessions?|recording|take|in concert)(?:\P{L}|$)/u,
  says("en vivo", "ao vivo", "en directo", "en direct", "dal vivo", "in concert", "en concert", "en concierto", "em concerto"),
  says("na zywo", "v zivo", "zive", "canlı", "canli", "unplugged", "concert version", "concert recording", `(?:${SESSIONS}) sessions?`),
  /like a version$/u,
  /ライブ|ライヴ|라이브|现场|現場|演唱会|演唱會|концерт|вживую|ζωντανα/u,
];

const TAKE = "(?:early|alternate|alternative|first|second|original|rough) takes?|takes? \\p{N}+";
export const DEMO = says("demos?", "outtakes?", "rough mix", "rehearsals?", "work in progress", TAKE, "デモ");

export const INSTRUMENTAL = [
  says("instrumentals?", "karaoke", "backing track", "without vocals", "no vocals", "off vocal", "minus one"),
  /カラオケ|インストゥルメンタル/u,
];

const IN_SUCH_A = "(?: (?:version|ver\\.?|mix|duet|take|session|demo|edit|\\p{N}+))?";
const QUIET = "acoustic|acustic[oa]|acoustique|akustik|akustisch|unplugged|a ?cappella|acapella";
const ARRANGED = "piano|orchestral|stripped|string quartet|strings";
export const ACOUSTIC = [
  new RegExp(`(?:^|\\s)(?:${QUIET})${IN_SUCH_A}$`, "u"),
  new RegExp(`^(?:${QUIET}|${ARRANGED})(?:\\s(?:at|from|in|on|version|mix)(?:\\s|$)|[,;:])`, "u"),
  isAll(`(?:solo |${YEAR} )?(?:${ARRANGED})${IN_SUCH_A}`),
];

const PLAIN = "original|album|single|lp|ep|main|full|standard|studio|explicit|clean|uncensored|censored|video|audio|cd|vinyl|us|uk|u\\.s\\.|u\\.k\\.|deluxe|bonus|international";
export const SAME = isAll(
  `(?:the )?(?:${PLAIN})(?: (?:${PLAIN}))* (?:versions?|edition|track|release|recording|audio|video)`,
  "(?:(?:original|main|standard|full|lp|album|single) )+(?:length )?mix",
  "explicit(?: content)?", "clean", "bonus", "bonus tracks?", "b-?side", "hidden track", "album", "single", "non-album (?:track|single)",
  "(?:previously )?unreleased", "official (?:audio|video|music video|lyric video|visuali[sz]er)", "(?:lyric|music) video", "lyrics?", "visuali[sz]er",
  "from the vault", "new recording",
);

const LENGTH = ["radio (?:edit|mix|version)", "short(?:ened)? version", "extended(?: (?:version|mix|edit|play))?", "long(?:er)? version", "full[- ]length(?: version)?"];
const RECORD = "(?:7|12)(?:[\"”″]|''|’’| ?inch)(?: (?:version|mix|edit|single))?";
export const EDIT = new RegExp(`(?:^|\\s)(?:edit|edited|video (?:edit|version|mix)|${LENGTH.join("|")}|${RECORD})$`, "u");

const CHANNELS = "mono|stereo|quad|dolby|atmos|surround";
export const REMASTER = [
  says("re-?master(?:ed|isado|izado|izada|ise)?", "remasteri[sz]ed", "digital master", `${YEAR} mix`),
  new RegExp(`^(?:(?:original|true|new|final|digital|album|single|lp|version|in|${YEAR}) )*(?:${CHANNELS})(?:[\\s:]+(?:mix|version|single|album|final|atmos|sound|${YEAR}).*)?$`, "u"),
  /リマスター|리마스터/u,
];

export const REMIX = [
  says("remix", "remixes", "remixed", "rmx", "rework", "reworked", "refix", "mash[- ]?ups?", "megamix", "bootleg", "re-?edit", "dub (?:mix|version)"),
  isAll("dub", "vip", "sped up.*", "slowed.*", "nightcore"),
  /(?<!in the)\s(?:mix|dub|flip|vip)$|(?:^|\s)mix(?:ed)? by\s|リミックス/u,
];

const SOURCE = "film|movie|motion picture|soundtrack|musical|series|album|tv|game|netflix";
export const EDITION = [
  /(?:^|\s)(?:deluxe|anniversary|expanded|special|collectors?'?s?|japanese?|limited) (?:edition|version|reissue)$/u,
  /^(?:deluxe|expanded|\p{N}+th anniversary)(?:\s|$)|(?:^|\s)(?:bonus track|soundtrack)(?:\s|$)/u,
  new RegExp(`^(?:music |theme )?from (?:the )?(?:["“'‘«]|.*\\b(?:${SOURCE})\\b)`, "u"),
];

export const ALTERNATE = [
  /^(?:version|en espanol|in spanish|in english|en francais|auf deutsch)(?:\s|$)|^(?:alternate|alternative|re-?recorded)\s|^alt\.? (?:take|mix|lyrics)/u,
  /(?:^|\s)(?:vocals? only|track only|isolated vocals?|excerpt|snippet|with (?:vocals?|strings|orchestra|choir))$/u,
  /(?:^|\s)(?:version|versao|versione|fassung|alternat(?:e|ive)|re-?record(?:ed|ing))$|(?:^|[\s.])ver\.?$|バージョン|ヴァージョン|버전/u,
];

export const GUEST = /^(?:feat|ft|featuring|f\/|prod|produced by|starring|con la participacion)(?:[.\s:]|$)/u;
export const COVER = /(?:^|\s)covers?(?: version)?$|^(?:originally (?:by|performed by)|in the style of)\s/u;
/** "(With You)", "(with the Lights Out)": no guest's name begins so. */
export const NO_NAME = isAll(
  "me|you|us|him|her|them|it|my|your|our|his|their|the|a|an|no|out|all|love|or|and|every|this|that|these|those|one|two|in|some|someone|somebody|eyes",
);
