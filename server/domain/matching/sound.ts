/** How spellings of one sound are brought together, in this order: Tch, Tsch, Cz and Č are one, so are w and v. */
const SOUNDS: [RegExp, string][] = [
  [/tsch|tsj|tch|tsh|tjs|tzs|cz|ch|ts|tj|tx|tz/g, "1"],
  [/sch|sz|sj|sh/g, "2"],
  [/ph/g, "f"], [/th|dh/g, "t"], [/zh|dzh/g, "z"], [/kh|gh|ck|cq|q/g, "k"], [/x/g, "ks"],
  [/c(?=[eiy])/g, "s"], [/c/g, "k"], [/ngk/g, "nk"], [/w|v/g, "f"], [/l/g, "r"],
  [/[aeiouyjhıøæœ]/g, ""], [/(.)\1+/g, "$1"],
];

const HOOKED: [RegExp, string][] = [[/[čçć]/g, "ch"], [/[šşś]/g, "sh"], [/ž/g, "zh"]];

/**
 * The consonants that one hears, whatever the spelling: "Tchaikovsky" and "Čajkovskij" have the same. l and r, f and v are one, as
 * Japanese writes them so. Takes small letters in which accents still are; empty for a word of vowels.
 */
export function soundOf(word: string): string {
  const spelled = replaced(word.normalize("NFC"), HOOKED).normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  return replaced(spelled, SOUNDS);
}

function replaced(word: string, by: [RegExp, string][]): string {
  return by.reduce((sound, [spelling, read]) => sound.replace(spelling, read), word);
}
