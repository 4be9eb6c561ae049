import type * as z from "zod";
import type {
  AlbumKind,
  AlbumRecord,
  ArtistRecord,
  Records,
  Refusal,
  SongRecord,
  WorkRecord,
} from "#server/domain/provider-records.ts";
import { cleanMbid, cleanText, identify } from "./names.ts";
import { sameAs } from "./same-as.ts";
import {
  wireArtist,
  wireRecording,
  wireReleaseGroup,
  wireWork,
  type WireArtist,
  type WireCredit,
  type WireRecording,
  type WireReleaseGroup,
  type WireRelation,
  type WireWork,
} from "./wire.ts";

const ISO_COUNTRY = /^[A-Z]{2}$/;
/** Codes that stand for no country, such as XW for the world and XE for Europe; Kosovo's XK is one. */
const NO_COUNTRY = /^(AA|Q[M-Z]|X[A-JL-Z]|ZZ)$/;
const ISRC = /^[A-Z]{2}[A-Z\d]{3}\d{7}$/;
/** What a recording can be beside a plain one, as relations to works say. */
const MARKS = new Set(["acappella", "cover", "demo", "instrumental", "karaoke", "live"]);

const page = (entity: string, id: string) => `https://musicbrainz.org/${entity}/${id}`;

/** Without blank and repeated ones. */
function texts(raw: (string | null)[]): string[] {
  return [...new Set(raw.map(cleanText).filter((text) => text !== null))];
}

function aliasesOf(aliases: { name: string | null }[], name: string): string[] {
  return texts(aliases.map((alias) => alias.name)).filter((alias) => alias !== name);
}

function countryOf({ country, area }: WireArtist): string | null {
  const regions = area?.["iso-3166-2-codes"].map((code) => code.slice(0, 2)) ?? [];
  const codes = [country, ...(area?.["iso-3166-1-codes"] ?? []), ...regions];
  return codes.find((code) => code !== null && ISO_COUNTRY.test(code) && !NO_COUNTRY.test(code)) ?? null;
}

/** The most agreed on first; without those that as many are against. */
function genresOf(genres: WireArtist["genres"]): string[] {
  const liked = genres.filter(({ count }) => count === null || count > 0);
  return texts(liked.sort((a, b) => (b.count ?? 0) - (a.count ?? 0)).map(({ name }) => name));
}

/** yyyy, yyyy-mm or yyyy-mm-dd: as much as there is and as the calendar knows. */
export function partialDate(text: string | null): string | null {
  const [, year, month, day] = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?/.exec(text ?? "") ?? [];
  if (year === undefined || year === "0000") return null;
  if (month === undefined || month < "01" || month > "12") return year;
  const daysInMonth = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  if (day === undefined || day < "01" || Number(day) > daysInMonth) return `${year}-${month}`;
  return `${year}-${month}-${day}`;
}

export function toArtist(wire: WireArtist): ArtistRecord | Refusal {
  const known = identify(wire.id, wire.name);
  if ("reason" in known) return known;
  const { id, name } = known;
  return {
    id,
    name,
    sortName: cleanText(wire["sort-name"]),
    disambiguation: cleanText(wire.disambiguation),
    aliases: aliasesOf(wire.aliases, name),
    country: countryOf(wire),
    genres: genresOf(wire.genres),
    url: page("artist", id),
    imageUrl: null,
    sameAs: sameAs(wire.relations, id),
  };
}

function artistsOf(credits: WireCredit[]): SongRecord["artists"] {
  return credits.flatMap((credit) => {
    const name = cleanText(credit.name) ?? cleanText(credit.artist?.name ?? null);
    return name === null ? [] : [{ id: cleanMbid(credit.artist?.id ?? null), name }];
  });
}

/** The one work that is played; null for a medley, which is none of the songs in it. */
function workOf(relations: WireRelation[]): string | null {
  const played = relations.filter(({ type, work }) => type === "performance" && work !== null);
  if (played.some(({ attributes }) => attributes.includes("medley"))) return null;
  const ids = new Set(played.map(({ work }) => cleanMbid(work?.id ?? null)));
  return ids.size === 1 ? ([...ids][0] ?? null) : null;
}

/** The disambiguation, and of "live", "demo" and the like what it does not say. */
function noteOf({ disambiguation, relations }: WireRecording): string | null {
  const said = cleanText(disambiguation);
  const marks = texts(relations.filter(({ work }) => work !== null).flatMap(({ attributes }) => attributes));
  const unsaid = marks.filter((mark) => MARKS.has(mark) && !said?.toLowerCase().includes(mark));
  return [said, ...unsaid].filter((words) => words !== null).join(", ") || null;
}

export function toSong(wire: WireRecording): SongRecord | Refusal {
  const known = identify(wire.id, wire.title);
  if ("reason" in known) return known;
  return {
    id: known.id,
    title: known.name,
    artists: artistsOf(wire["artist-credit"]),
    workId: workOf(wire.relations),
    isrcs: texts(wire.isrcs.map((isrc) => isrc.toUpperCase().replaceAll("-", ""))).filter((isrc) => ISRC.test(isrc)),
    albumId: null,
    discNumber: null,
    trackNumber: null,
    durationMs: wire.length || null,
    releasedOn: partialDate(wire["first-release-date"]),
    video: wire.video ?? false,
    note: noteOf(wire),
    url: page("recording", known.id),
  };
}

export function toWork(wire: WireWork): WorkRecord | Refusal {
  const known = identify(wire.id, wire.title);
  if ("reason" in known) return known;
  return {
    id: known.id,
    title: known.name,
    aliases: aliasesOf(wire.aliases, known.name),
    note: cleanText(wire.disambiguation),
    url: page("work", known.id),
  };
}

function albumKind({ "primary-type": primary, "secondary-types": secondary }: WireReleaseGroup): AlbumKind {
  const types = [...secondary, primary ?? ""].map((type) => type.toLowerCase());
  const has = (...wanted: string[]) => types.some((type) => wanted.includes(type));
  if (has("live")) return "live";
  if (has("interview", "audiobook", "audio drama", "spokenword", "dj-mix")) return "other";
  if (has("compilation")) return "compilation";
  const kinds = ["album", "single", "ep"] as const;
  return kinds.find((kind) => has(kind)) ?? "other";
}

export function toAlbum(wire: WireReleaseGroup): AlbumRecord | Refusal {
  const known = identify(wire.id, wire.title);
  if ("reason" in known) return known;
  return {
    id: known.id,
    title: known.name,
    kind: albumKind(wire),
    releasedOn: partialDate(wire["first-release-date"]),
    url: page("release-group", known.id),
    imageUrl: null,
  };
}

/** Each of the items on its own: one that is wrong costs none of the others. */
function convert<W, T extends object>(schema: z.ZodType<W>, toRecord: (wire: W) => T | Refusal) {
  return (items: unknown[]): Records<T> => {
    const records: T[] = [];
    const refused: Refusal[] = [];
    for (const item of items) {
      const parsed = schema.safeParse(item);
      if (!parsed.success) {
        refused.push({ reason: "malformed", id: null, detail: "It is not a record." });
        continue;
      }
      const record = toRecord(parsed.data);
      if ("reason" in record) refused.push(record);
      else records.push(record);
    }
    return { records, refused };
  };
}

export const toArtists = convert(wireArtist, toArtist);
export const toSongs = convert(wireRecording, toSong);
export const toWorks = convert(wireWork, toWork);
export const toAlbums = convert(wireReleaseGroup, toAlbum);
