/** Letters that no decomposition takes apart, and signs that are read as words. */
const READ_AS: Record<string, string> = {
  ø: "o", æ: "ae", œ: "oe", ł: "l", đ: "d", ð: "d", þ: "th", ß: "ss", ı: "i", ħ: "h", ŧ: "t", ŋ: "n", ς: "σ",
  "&": " and ", "＆": " and ", "+": " and ",
};
const READ_AS_ANY = /[øæœłđðþßıħŧŋς&＆+]/g;

/** Accents and points; not the marks that tell Japanese, Indic or Thai syllables apart. */
const ACCENTS =
  /[\u0300-\u036f]|[\u0483-\u0487]|[\u0591-\u05c7]|[\u064b-\u065f]|\u0670|[\u1ab0-\u1aff]|[\u1dc0-\u1dff]|[\u20d0-\u20ff]|[\ufe00-\ufe0f]/g;
const APOSTROPHES = /['’‘ʼʻ`´′＇]/g;
/** Rock 'n' roll, drums'n'bass. */
const AND_CUT_SHORT = /['’‘ʼ`´]n['’‘ʼ`´]/g;
/** Initials such as U.S.S.R., to be read as one word. */
const INITIALS = /(?<![\p{L}\p{N}.])(?:\p{L}\.){2,}\p{L}?(?![\p{L}\p{N}])/gu;

const SPELLINGS: Record<string, string> = {
  n: "and", pt: "part", pts: "part", parts: "part", til: "till", until: "till", nite: "night", tonite: "tonight",
  thru: "through", mister: "mr", doctor: "dr", versus: "vs", colour: "color", colours: "colors", labour: "labor", harbour: "harbor", centre: "center", theatre: "theater", saint: "st", grey: "gray",
  favourite: "favorite", cuz: "cause", coz: "cause", cos: "cause", volume: "vol", ii: "2", iii: "3", iv: "4", vii: "7", viii: "8", ix: "9",
};
/** After these words any numeral is a number: "Part V", "Pt. One". */
const COUNTED = new Set(["part", "vol", "act", "book", "chapter", "movement"]);
const NUMERALS: Record<string, string> = {
  i: "1", ii: "2", iii: "3", iv: "4", v: "5", vi: "6", vii: "7", viii: "8", ix: "9", x: "10", xi: "11", xii: "12",
  one: "1", two: "2", three: "3", four: "4", five: "5", six: "6", seven: "7", eight: "8", nine: "9", ten: "10",
};

/** Lower case by way of capitals, which brings ß and ss, ſ and s, ς and σ together. */
function plain(text: string): string {
  return text.normalize("NFKD").toUpperCase().toLowerCase().normalize("NFKD").replace(ACCENTS, "");
}

/** "Talkin'", "Talkin" and "Talking" are one word; "thing" and "king" are not such. */
function spelling(word: string): string {
  if (Object.hasOwn(SPELLINGS, word)) return SPELLINGS[word]!;
  return word.endsWith("ing") && /[aeiouy]/.test(word.slice(0, -3)) ? word.slice(0, -1) : word;
}

function words(text: string): string[] {
  const spelled = plain(text)
    .replace(INITIALS, (initials) => initials.replaceAll(".", ""))
    .replace(/\bno\. ?(?=\d)|[№#] ?(?=\d)/g, " ")
    .replace(/\$(?=\p{L})|(?<=\p{L})\$/gu, "s")
    .replace(AND_CUT_SHORT, " and ")
    .replace(APOSTROPHES, "")
    .replace(READ_AS_ANY, (sign) => READ_AS[sign]!)
    .normalize("NFC");
  const found = (spelled.match(/[\p{L}\p{N}\p{M}]+/gu) ?? []).map(spelling);
  return figures(found);
}

/** Writes numerals as figures where something is counted, also several: "Parts I and II", "Pts. I–V". */
function figures(words: string[]): string[] {
  let counting = false;
  return words.map((word) => {
    const figure = counting && Object.hasOwn(NUMERALS, word) ? NUMERALS[word]! : word;
    counting = COUNTED.has(word) || (counting && (/^\p{N}+$/u.test(figure) || word === "and" || word === "to"));
    return figure;
  });
}

/** A title of signs only keeps its signs: "???" and "!!!" are two songs. */
function signs(text: string): string {
  return text.normalize("NFKC").toUpperCase().toLowerCase().replace(/[\s\p{C}\p{Z}]+/gu, "");
}

/**
 * What spellings of one title share: no case, accents, signs or spaces, "&" as "and", numerals as figures, no "The" before it.
 * Spaces stay between figures only, so that "1 23" is not "12 3". Empty only for text that shows nothing.
 */
export function titleKey(text: string): string {
  const [first, ...rest] = words(text);
  if (first === undefined) return signs(text);
  const named = first === "the" && rest.length > 0 ? rest : [first, ...rest];
  return named.join(" ").replace(/(?<!\p{N}) | (?!\p{N})/gu, "");
}
