/** Letters of other scripts as they sound, roughly: enough to compare names, not to print them. */

function table(pairs: string): Map<string, string> {
  return new Map(pairs.trim().split(/\s+/).map((pair) => [pair[0]!, pair.slice(1).replace("_", "")]));
}

const CYRILLIC = table(
  "аa бb вv гg дd еe ёe жzh зz иi йi кk лl мm нn оo пp рr сs тt уu фf хkh цts чch шsh щshch ъ_ ыy ь_ эe юyu яya іi їi єe ґg ўu ђj јi љl њn ћch џj қk ғg үu ұu өo һh әa",
);
const GREEK = table("αa βv γg δd εe ζz ηi θth ιi κk λl μm νn ξx οo πp ρr σs ςs τt υy φf χch ψps ωo");
const GREEK_PAIRS: Record<string, string> = { μπ: "b", ντ: "d", γκ: "g" };
/** Consonants, and alif and its like as "a": vowels are not written. */
const ARABIC = table(
  "اa أa إi آa بb تt ثth جj حh خkh دd ذdh رr زz سs شsh صs ضd طt ظz ع_ غgh فf قk كk لl مm نn هh ةa وo يi ىa ء_ ئ_ ؤo پp چch ژzh گg کk یi",
);
const LETTERS = new Map([...CYRILLIC, ...GREEK, ...ARABIC]);

const KANA_ROWS: [string, string][] = [
  ["", "アイウエオ"], ["k", "カキクケコ"], ["s", "サシスセソ"], ["t", "タチツテト"], ["n", "ナニヌネノ"], ["h", "ハヒフヘホ"],
  ["m", "マミムメモ"], ["r", "ラリルレロ"], ["g", "ガギグゲゴ"], ["z", "ザジズゼゾ"], ["d", "ダヂヅデド"], ["b", "バビブベボ"],
  ["p", "パピプペポ"], ["", "ァィゥェォ"],
];
const KANA = new Map<string, string>([
  ...KANA_ROWS.flatMap(([consonant, row]) => [...row].map((sign, at) => [sign, consonant + "aiueo"[at]!] as const)),
  ["シ", "shi"], ["チ", "chi"], ["ツ", "tsu"], ["フ", "fu"], ["ジ", "ji"], ["ヂ", "ji"], ["ヴ", "vu"], ["ヤ", "ya"], ["ユ", "yu"], ["ヨ", "yo"],
  ["ワ", "wa"], ["ヲ", "o"], ["ン", "n"], ["ー", ""], ["ッ", ""],
]);
const SMALL_Y: Record<string, string> = { ャ: "a", ュ: "u", ョ: "o" };
const SMALL_VOWEL = new Set("ァィゥェォ");
const IS_KANA = /[\u3041-\u3096\u30a1-\u30fa\u30fc]/u;

/** Hiragana is read as katakana, small signs together with the one before. */
function kana(text: string): string {
  let read = "";
  for (const each of text) {
    const sign = each >= "\u3041" && each <= "\u3096" ? String.fromCodePoint(each.codePointAt(0)! + 0x60) : each;
    const small = SMALL_Y[sign];
    if (small !== undefined) read = read.replace(/i$/, /(?:sh|ch|j)i$/.test(read) ? "" : "y") + small;
    else if (SMALL_VOWEL.has(sign)) read = read.replace(/[aiueo]$/, "") + KANA.get(sign)!;
    else read += KANA.get(sign) ?? each;
  }
  return read;
}

const HANGUL_FIRST = 0xac00;
const HANGUL_LAST = 0xd7a3;
const INITIALS = "g kk n d tt r m b pp s ss _ j jj ch k t p h".split(" ").map((sound) => sound.replace("_", ""));
const VOWELS = "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i".split(" ");
const FINALS = "_ k k k n n n t l k m l l l p l m p p t t ng t t k t p t".split(" ").map((sound) => sound.replace("_", ""));

/** A syllable of Hangul is numbered by its three letters. */
function hangul(sign: string): string {
  const number = sign.codePointAt(0)! - HANGUL_FIRST;
  if (number < 0 || number > HANGUL_LAST - HANGUL_FIRST) return sign;
  return INITIALS[Math.floor(number / 588)]! + VOWELS[Math.floor((number % 588) / 28)]! + FINALS[number % 28]!;
}

/** Small letters of Cyrillic, Greek, Arabic, kana and Hangul in Latin ones; all other signs stay. The text is in NFC. */
export function inLatin(text: string): string {
  const paired = text.replace(/μπ|ντ|γκ/g, (pair) => GREEK_PAIRS[pair]!);
  const read = [...(IS_KANA.test(paired) ? kana(paired) : paired)];
  return read.map((sign) => LETTERS.get(sign) ?? LETTERS.get(sign.normalize("NFD")[0]!) ?? hangul(sign)).join("");
}

const SCRIPTS = {
  cyrillic: /\p{Script=Cyrillic}/u,
  greek: /\p{Script=Greek}/u,
  arabic: /\p{Script=Arabic}/u,
  hangul: /\p{Script=Hangul}/u,
  han: /\p{Script=Han}/u,
  kana: /[\p{Script=Hiragana}\p{Script=Katakana}]/u,
} as const;
export type Script = keyof typeof SCRIPTS | "latin";

/** The script of a name; one that mixes them counts as the first of cyrillic, greek, arabic, hangul, han and kana that it has. */
export function scriptOf(text: string): Script {
  const found = Object.entries(SCRIPTS).find(([, letters]) => letters.test(text));
  return (found?.[0] as Script | undefined) ?? "latin";
}
