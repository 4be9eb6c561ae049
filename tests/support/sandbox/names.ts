import { chance, hash, pick } from "./chance.ts";

const FIRST = "Velvet Paper Copper Hollow Silver Crooked Electric Northern Midnight Amber Wooden Distant Golden Broken Static Secret Lunar Bitter Crystal Wandering".split(" ");
const SECOND = "Lanterns Foxes Harbour Orchard Comets Sparrows Engines Mirrors Tigers Meadow Parade Satellites Wolves Gardeners Theatre Cassettes Lighthouse Oracles Pilots Thunder".split(" ");
const GIVEN = "Mara Ivo Selin Tobin Adela Ruben Noor Kasimir Lotta Dario Wren Ilse Matteo Oona Farid Zofia Björn Renée Núria Łukasz".split(" ");
const FAMILY = "Halvorsen Quist Marlowe Okonjo Tarrant Velasquez Lindqvist Abara Rosewood Kovalenko Dupray Whitlock Moreau Santangelo Brandt Ferreira Nakano Ó-Brolin Sørby Štefan".split(" ");
const OTHER_SCRIPTS = ["夜の鉄道", "青い灯台", "Зимний Маяк", "Тихий Берег", "الليل الأزرق", "Νύχτα Πόλη", "은하수 정원", "雨のパレード", "הירח השבור", "เงาจันทร์"];
const ADJECTIVES =
  "Silent Burning Paper Golden Hollow Restless Neon Borrowed Frozen Crimson Careless Distant Electric Fading Gentle Hidden Ivory Jagged Kindred Lonely Magnetic Nameless Open Pale Quiet Rusted Scarlet Tender Unspoken Violet Wasted Yellow Broken Cold Drifting Empty First Green Heavy Infinite Last Midnight New Old Perfect Quick Red Second Third Upside Vanishing Wild Weightless Little Secret Broken-Down Half Southern Winter Summer".split(" ");
const NOUNS =
  "River Window Harbour Machine Letter Garden Mirror Station Fire Shadow Ocean Engine Signal Winter Morning Satellite Lantern Highway Daughter Soldier Circus Anthem Bridge Candle Desert Echo Feather Ghost Heartbeat Island Jukebox Kingdom Ladder Mountain Needle Orchard Parade Quarrel Radio Sailor Thunder Umbrella Valley Whisper Yesterday Zenith Avenue Balcony Carousel Dancer Elevator Fever Guitar Horizon Illusion Journey Key Lighthouse Motel Number Opera Passenger Question Rooftop Silence Telephone Universe Voyage Waltz Alibi".split(" ");
const SONGS_IN_OTHER_SCRIPTS = ["夜明け", "Дождь", "ليل", "Φως", "새벽", "海の声", "Снег", "שחר", "ฝน", "星屑"];
const GUESTS = "Kid Lumen,DJ Halcyon,The Brass Committee,Mira Voss,Old Tom Ferry,Lady Quartz,Sable & Finch,Junior Okapi".split(",");
const TOUR_WORDS = "Slow Return,Open Windows,World,Second Weather,No Maps,Unplugged,Anniversary,Lights Out,Long Road".split(",");

const PATTERNS: ((adjective: string, noun: string) => string)[] = [
  (adjective, noun) => `${adjective} ${noun}`,
  (adjective, noun) => `Oh, ${adjective} ${noun}`,
  (adjective, noun) => `${noun} of the ${adjective}`,
  (adjective, noun) => `Don't Call It ${adjective}, ${noun}`,
  (adjective, noun) => `${noun} & the ${adjective} Ones`,
  (adjective, noun) => `${adjective} for the ${noun}`,
  (adjective, noun) => `My ${noun} Is ${adjective}`,
  (adjective, noun) => `¿${noun}? ${adjective}!`,
];

/** Made up, and another one for each number. */
export function artistName(seed: string, index: number): string {
  const name = plainArtistName(seed, index);
  return index < 150 ? name : `${name} ${String.fromCodePoint(0x41 + (index % 26))}${index}`;
}

function plainArtistName(seed: string, index: number): string {
  // A step that shares no factor with the number of names, so that none comes twice.
  const at = (hash(seed, "artist names") + index * 147) % 400;
  if (index % 11 === 10) return `${OTHER_SCRIPTS[Math.floor(index / 11) % OTHER_SCRIPTS.length]!}${index > 110 ? ` ${index}` : ""}`;
  if (index % 3 === 2) return `${GIVEN[at % 20]!} ${FAMILY[Math.floor(at / 20)]!}`;
  return `${index % 2 === 0 ? "The " : ""}${FIRST[at % 20]!} ${SECOND[Math.floor(at / 20)]!}`;
}

/** Another title for each number below 30,000 of an artist. */
export function songTitle(seed: string, artist: number, song: number): string {
  const combinations = ADJECTIVES.length * NOUNS.length * PATTERNS.length;
  const at = (hash(seed, artist, "titles") + song * 7919) % combinations;
  if (song % 37 === 36) return `${SONGS_IN_OTHER_SCRIPTS[Math.floor(song / 37) % SONGS_IN_OTHER_SCRIPTS.length]!} ${song}`;
  const [adjective, rest] = [ADJECTIVES[at % ADJECTIVES.length]!, Math.floor(at / ADJECTIVES.length)];
  const pattern = PATTERNS[Math.floor(rest / NOUNS.length) % PATTERNS.length]!;
  return pattern(adjective, NOUNS[rest % NOUNS.length]!);
}

export function guestName(...parts: (string | number)[]): string {
  return pick(GUESTS, ...parts);
}

export function tourName(seed: string, artist: number, tour: number): string {
  return `${pick(TOUR_WORDS, seed, artist, tour)} Tour ${tour + 1}`;
}

/** Of an artist whom others cover. */
export function coverName(index: number): string {
  return `${GIVEN[(index * 7) % 20]!} & the ${SECOND[(index * 3) % 20]!}`;
}

/** Of one who opens for others and is nowhere else. */
export function supportName(index: number): string {
  return `${FIRST[(index * 3) % 20]!} ${FAMILY[(index * 7) % 20]!}`;
}

/** Someone's way of writing a title down: mostly as it is. */
export function writtenDown(title: string, ...parts: (string | number)[]): string {
  const dice = chance(...parts);
  if (dice < 0.94) return title;
  if (dice < 0.96) return title.replace(" & ", " and ").replace("'", "’");
  if (dice < 0.98) return title.toLowerCase();
  return title.replace(/^The /, "").replace(/[?¿!]/g, "");
}

/** Another one for each number below 400. */
export function twoWordName(number: number): string {
  const at = (number * 147) % 400;
  return `${FIRST[at % 20]!} ${SECOND[Math.floor(at / 20)]!}`;
}

const RUSSIAN: [string, string][] = [["Зимний", "Zimniy"], ["Тихий", "Tikhiy"], ["Северный", "Severnyy"], ["Далёкий", "Dalyokiy"], ["Ночной", "Nochnoy"]];
const RUSSIAN_PLACES: [string, string][] = [["Маяк", "Mayak"], ["Берег", "Bereg"], ["Город", "Gorod"], ["Парад", "Parad"], ["Оркестр", "Orkestr"]];

/** A name in Cyrillic and in Latin letters, another one for each number below 25. */
export function otherScript(number: number): [string, string] {
  const [first, second] = [RUSSIAN[number % 5]!, RUSSIAN_PLACES[Math.floor(number / 5) % 5]!];
  return [`${first[0]} ${second[0]}`, `${first[1]} ${second[1]}`];
}
