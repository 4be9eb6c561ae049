import { ATTRIBUTION } from "../attribution.ts";
import { PROVIDERS, type Provider } from "../provider-records.ts";
import { AUTOMATIC_FROM, REVIEW_FROM, type Evidence } from "./evidence.ts";
import type { LinkKind } from "./link-file.ts";
import { apartWords, minutesWords, secondsWords } from "./measure-words.ts";
import { nameWords, titleWords } from "./name-words.ts";

/** One thing that speaks for or against two being the same, or only should be known, as a sentence without its full stop. */
export interface Said {
  stands: "for" | "against" | "beside";
  text: string;
}

type Explain = { [K in Evidence["kind"]]: (evidence: Extract<Evidence, { kind: K }>, kind: LinkKind) => Said };

/** Evidence in words for whoever decides whether two artists, venues, shows or songs are the same. */
export function explainEvidence(evidence: Evidence, kind: LinkKind): Said {
  // Each entry takes the evidence of its own kind, which a lookup by kind can't express.
  return (EXPLAIN[evidence.kind] as (evidence: Evidence, kind: LinkKind) => Said)(evidence, kind);
}

const EXPLAIN: Explain = {
  stated_id: ({ provider, id }, kind) => inFavour(kind === "song" ? `Recordings of one work at ${nameOf(provider)}: ${id}` : `Both are known by one ${nameOf(provider)} id: ${id}`),
  other_id: ({ provider, a, b }) => against(`${CAREFUL.has(provider) ? `${nameOf(provider)} keeps them apart` : `Two ids at ${nameOf(provider)}, which has many duplicates`}: ${a}, ${b}`),
  name: (evidence) => ({ stands: evidence.way === "none" ? "against" : evidence.way === "shared_words" ? "beside" : "for", text: nameWords(evidence) }),
  one_word: ({ word }) => against(`A name of one word, which many may have: “${word}”`),
  title: (evidence) => ({ stands: evidence.way === "none" ? "against" : "for", text: titleWords(evidence) }),
  country: ({ a, b, same }) => (same ? inFavour(`Same country: ${a.toUpperCase()}`) : against(`Other country: ${a}, ${b}`)),
  city: ({ a, b, same }) => (same ? inFavour(`Same town: ${a}`) : against(`Other town: ${a}, ${b}`)),
  genres: ({ shared }) => (shared.length > 0 ? inFavour(`Genres in common: ${shared.join(", ")}`) : against("No genre in common")),
  songs: explainSongs,
  distance: ({ km }) => ({ stands: km <= NEAR_KM ? "for" : km <= SAME_TOWN_KM ? "beside" : "against", text: apartWords(km) }),
  date: explainDate,
  start: ({ minutesApart }) => explainStart(minutesApart),
  artist: ({ confidence }, kind) => (kind === "song" ? bySomebody(confidence) : maybe("artist", confidence)),
  venue: ({ confidence }) => maybe("venue", confidence),
  recording: ({ isrc }) => inFavour(`One recording of both: ISRC ${isrc}`),
  duration: ({ secondsApart }) => explainLengths(secondsApart),
  rivals: ({ count }) => against(count === 1 ? "Another one fits as well" : `${count} others fit as well`),
};

const CAREFUL = new Set<Provider>(["musicbrainz", "setlistfm"]);
const NEAR_KM = 2;
const SAME_TOWN_KM = 5;

function inFavour(text: string): Said {
  return { stands: "for", text };
}

function against(text: string): Said {
  return { stands: "against", text };
}

function nameOf(provider: Provider): string {
  return ATTRIBUTION[provider].name;
}

const FEW_SONGS = 3;
const FEW_PART = 0.2;

function explainSongs({ shared, a, b }: Extract<Evidence, { kind: "songs" }>): Said {
  const fewest = Math.min(a, b);
  if (shared === 0) return against(`No song in common, of ${a} and ${b}`);
  const few = shared < FEW_SONGS || shared / fewest < FEW_PART;
  return { stands: few ? "beside" : "for", text: `${few ? "Only " : ""}${shared} of ${fewest} songs in common` };
}

function explainDate({ a, b, same }: Extract<Evidence, { kind: "date" }>): Said {
  if (same) return inFavour(`Same date: ${a}`);
  if (a === null || b === null) return { stands: "beside", text: "One of the two has no date yet" };
  return against(`Other date: ${a}, ${b}`);
}

const ANOTHER_START_MIN = 100;

function explainStart(minutes: number): Said {
  if (minutes === 0) return inFavour("Same start");
  if (minutes < ANOTHER_START_MIN) return inFavour(`Start ${minutesWords(minutes)} apart, as doors and stage may be`);
  return against(`Start ${minutesWords(minutes)} apart, like a matinee and an evening`);
}

function bySomebody(confidence: number): Said {
  return confidence > 0 ? inFavour("By the same artist") : against("By another artist");
}

function maybe(noun: "artist" | "venue", confidence: number): Said {
  if (confidence >= AUTOMATIC_FROM) return inFavour(`Same ${noun}`);
  const percent = Math.round(100 * confidence);
  return confidence >= REVIEW_FROM ? { stands: "beside", text: `Perhaps the same ${noun}, ${percent} %` } : against(`Another ${noun}`);
}

const SAME_LENGTH_S = 5;
const FAR_APART_S = 90;

function explainLengths(seconds: number): Said {
  if (seconds <= SAME_LENGTH_S) return inFavour("Equally long");
  return { stands: seconds > FAR_APART_S ? "against" : "beside", text: `Lengths differ by ${secondsWords(seconds)}` };
}

/** Why an id of a provider is believed to be one of ours, or not, in words. `evidence` is as it is stored with the identity. */
export function explainIdentity(evidence: Record<string, unknown>, kind: LinkKind): Said[] {
  const { list, statedBy, own, now, approvedBy, rejectedBy } = evidence;
  const stated = PROVIDERS.find((provider) => provider === statedBy);
  return [
    ...(own ? [inFavour("Its own record was read")] : []),
    ...(typeof now === "string" ? [inFavour(`It leads to ${now} there now`)] : []),
    ...(stated ? [inFavour(`${nameOf(stated)} states it`)] : []),
    ...(approvedBy === undefined ? [] : [inFavour("Linked by hand")]),
    ...(rejectedBy === undefined ? [] : [against("Rejected by hand")]),
    ...(Array.isArray(list) ? (list as Evidence[]).map((each) => explainEvidence(each, kind)) : []),
  ];
}
