import type { Provider } from "#server/domain/provider-records.ts";
import type { Refreshed } from "../../definitions.ts";

/** One list of a provider to be read, and how far it has been. */
export interface Part {
  list: List;
  provider: Provider;
  /** What to ask with for the next page; null for the first. */
  next: string | null;
  /** When its first page was read, epoch ms; null before. */
  startedAt: number | null;
  /** Of the first page's records. */
  digest: string | null;
  /** How many there are, where the provider says. */
  total: number | null;
  /** Only what was edited since, epoch ms; null for all. */
  since: number | null;
  /** Ids of what is stored and has not been named by the pages so far. */
  unseen?: string[];
}

export type List = "artist" | "twin" | "lists" | "own_lists" | "recordings" | "albums" | "tracks" | "shows" | "setlists" | Ending;

/** What is done once all lists have been read, in this order: what came in is compared, then ballots are made. */
const ENDINGS = ["alike_songs", "alike_artists", "alike_shows", "ballots"] as const;
export type Ending = (typeof ENDINGS)[number];

export function isEnding(list: List): list is Ending {
  return (ENDINGS as readonly List[]).includes(list);
}

/** Where an import stands: what it saves with each step. */
export interface Course {
  artistId: number | null;
  todo: Part[];
  /** Of providers that could not be asked: to be read when they can. */
  later: Part[];
}

export function part(list: List, provider: Provider): Part {
  return { list, provider, next: null, startedAt: null, digest: null, total: null, since: null };
}

/** The course with its first part gone on, or done with where that is null; `more` follow at the end, before what ends a course. */
export function after(course: Course, next: Part | null, more: Part[] = []): Course {
  return { ...course, todo: endingsLast([...(next ? [next] : []), ...course.todo.slice(1), ...more]) };
}

function endingsLast(parts: Part[]): Part[] {
  return [...parts.filter(({ list }) => !isEnding(list)), ...ENDINGS.flatMap((ending) => parts.filter(({ list }) => list === ending))];
}

/** Whether the first part needs what could not be read yet: tracks are those of the albums that are there. */
export function mustWait({ todo: [first], later }: Course): boolean {
  return first?.list === "tracks" && later.some(({ list, provider }) => list === "albums" && provider === first.provider);
}

/** The course with its first part put off. */
export function postponed(course: Course): Course {
  const [first, ...todo] = course.todo;
  return { ...course, todo, later: [...course.later, ...(first ? [first] : [])] };
}

/**
 * The course when what was put off is tried again: what comes in by it may change what is alike, and ballots. Lists were laid out
 * without those of a provider that could not be asked who the artist is there.
 */
export function resumed(course: Course): Course {
  const endings = ENDINGS.filter((ending) => !course.later.some(({ list }) => list === ending)).map((ending) => part(ending, "musicbrainz"));
  const later = course.later.flatMap((one) => (one.list === "twin" ? [one, part("own_lists", one.provider)] : [one]));
  return { ...course, todo: endingsLast([...later, ...endings]), later: [] };
}

const WHOLE: readonly Refreshed[] = ["catalogue", "shows", "setlists"];

/** The lists to be read of an artist, by the providers that know it and that are asked. */
export function listsOf(known: (provider: Provider) => boolean, what: readonly Refreshed[] = WHOLE): Part[] {
  const wanted: [Refreshed, List, Provider][] = [
    ["catalogue", "recordings", "musicbrainz"],
    ["catalogue", "albums", "musicbrainz"],
    ["catalogue", "albums", "spotify"],
    ["catalogue", "tracks", "spotify"],
    ["shows", "shows", "ticketmaster"],
    ["setlists", "setlists", "setlistfm"],
  ];
  const lists = wanted.filter(([kind, , provider]) => what.includes(kind) && known(provider));
  const endings = ENDINGS.filter((ending) => ending === "ballots" || what.includes("catalogue"));
  return [...lists.map(([, list, provider]) => part(list, provider)), ...endings.map((ending) => part(ending, "musicbrainz"))];
}
