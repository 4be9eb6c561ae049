import { secondsWords } from "#server/domain/matching/measure-words.ts";
import type { MatchSide } from "../../http/answers.ts";
import { countryName, joinKnown } from "../shows/places.ts";
import { wallClock } from "../shows/when.ts";
import { providerName } from "./provider-name.ts";

export interface FactLink {
  text: string;
  url: string;
  /** Said to be none of this one. */
  rejected?: boolean;
}

export interface Fact {
  text: string;
  links?: FactLink[];
}

/** One fact of both sides beside each other; null where a side does not tell. */
export interface FactPair {
  name: string;
  of: [Fact | null, Fact | null];
  /** Whether both sides say the same; false too where one says nothing. */
  same: boolean;
}

type Facts = Record<string, Fact | null>;

/** What is known of two sides, fact by fact; what neither tells is left out. */
export function factPairs(a: MatchSide, b: MatchSide): FactPair[] {
  const [here, there] = [factsOf(a), factsOf(b)];
  const names = [...new Set([...Object.keys(here), ...Object.keys(there)])];
  return names.flatMap((name) => {
    const of: FactPair["of"] = [here[name] ?? null, there[name] ?? null];
    return of[0] || of[1] ? [{ name, of, same: COMPARED.has(name) && sameText(of) }] : [];
  });
}

/** Of these, being equal says something. */
const COMPARED = new Set(["From", "Genres", "Sorted as", "Town", "Country", "Artist", "Venue", "Date", "Start", "Tour", "Length", "Years", "Capacity"]);

function sameText([a, b]: FactPair["of"]): boolean {
  return a !== null && b !== null && a.text.toLowerCase() === b.text.toLowerCase();
}

function factsOf(side: MatchSide): Facts {
  switch (side.kind) {
    case "artist":
      return {
        From: told(side.country && countryName(side.country)),
        Genres: some(side.genres, 4),
        "Told apart by": told(side.disambiguation),
        "Also called": some(side.aliases, 5),
        "Sorted as": told(side.sortName),
        Songs: told(counted(side.songs, side.titles)),
        Shows: told(showsOf(side)),
        Votes: told(String(side.votes)),
        Ids: idsOf(side),
      };
    case "venue":
      return {
        Town: told(joinKnown([side.city, side.region])),
        Country: told(side.country && countryName(side.country)),
        "Also called": some(side.aliases, 5),
        Capacity: told(side.capacity?.toLocaleString("en")),
        "Time zone": told(side.timeZone.replaceAll("_", " ")),
        Shows: told(showsOf(side)),
        Votes: told(String(side.votes)),
        Ids: idsOf(side),
      };
    case "show":
      return showFacts(side);
    case "song":
      return songFacts(side);
    case "record":
      return { About: told(side.about), Ids: { text: "", links: [{ text: `${providerName(side.provider)}: ${side.providerId}`, url: side.url ?? "" }] } };
  }
}

function showFacts(side: Extract<MatchSide, { kind: "show" }>): Facts {
  const start = side.startsAt && wallClock(side.startsAt, side.venue.timeZone);
  return {
    Artist: told(side.artist.name),
    Venue: told(joinKnown([side.venue.name, side.venue.city, side.venue.country])),
    Date: told(side.localDate),
    Start: told(start ? start.time : null),
    Tour: told(side.tour),
    State: told(side.status === "upcoming" ? null : side.status),
    Tickets: side.tickets.length > 0 ? { text: "", links: side.tickets.map(({ provider, url }) => ({ text: providerName(provider), url })) } : null,
    Setlists: told(side.setlists > 0 ? String(side.setlists) : null),
    Votes: told(String(side.votes)),
    Ids: idsOf(side),
  };
}

function songFacts(side: Extract<MatchSide, { kind: "song" }>): Facts {
  const { durations, years } = side;
  return {
    Artist: told(side.artist.name),
    "Also titled": some(side.titles.filter((title) => title !== side.name), 5),
    Albums: some(side.albums, 4),
    Length: told(durations && between(lengthWords(durations.shortest), lengthWords(durations.longest))),
    Years: told(years && between(years.first, years.last)),
    Played: told(side.played === 0 ? "In no setlist" : side.played === 1 ? "In 1 setlist" : `In ${side.played} setlists`),
    Votes: told(String(side.votes)),
    Ids: idsOf(side),
  };
}

function told(text: string | null | undefined): Fact | null {
  return text ? { text } : null;
}

function some(texts: readonly string[], most: number): Fact | null {
  const more = texts.length > most ? ` and ${texts.length - most} more` : "";
  return told(texts.slice(0, most).join(", ") + more);
}

function counted(count: number, titles: readonly string[]): string {
  return titles.length === 0 ? String(count) : `${count}: ${titles.slice(0, 6).join(", ")}${count > 6 ? " …" : ""}`;
}

function showsOf({ shows, upcoming }: Extract<MatchSide, { kind: "artist" | "venue" }>): string {
  const next = upcoming.map(({ localDate, with: name, city }) => joinKnown([localDate, name, city], " "));
  return next.length === 0 ? String(shows) : `${shows}, next ${next.join("; ")}`;
}

const MOST_IDS = 6;

function idsOf({ ids }: Exclude<MatchSide, { kind: "record" }>): Fact | null {
  if (ids.length === 0) return null;
  const links = ids.slice(0, MOST_IDS).map(({ provider, providerId, url, status, name }) => ({
    text: `${providerName(provider)}: ${name ?? providerId}`,
    url: url ?? "",
    rejected: status === "rejected",
  }));
  return { text: ids.length > MOST_IDS ? `and ${ids.length - MOST_IDS} more` : "", links };
}

function between(first: string, last: string): string {
  return first === last ? first : `${first} to ${last}`;
}

function lengthWords(ms: number): string {
  return secondsWords(Math.round(ms / 1_000));
}
