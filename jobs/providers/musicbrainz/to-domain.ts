import type * as z from "zod";
import type { AlbumKind, AlbumRecord, ArtistRecord, Records, SongRecord, WorkRecord } from "#server/domain/provider-records.ts";
import { calendarDate, readEach, refuse, shown, type Reading } from "../wire-values.ts";
import { cleanMbid, identify } from "./names.ts";
import { sameAs } from "./same-as.ts";
import { MUSICBRAINZ } from "./terms.ts";
import {
  wireArtist,
  wireRecording,
  wireRelease,
  wireReleaseGroup,
  wireTrack,
  wireWork,
  type WireArtist,
  type WireRecording,
  type WireReleaseGroup,
  type WireRelation,
  type WireWork,
} from "./wire.ts";

interface Known {
  id: string;
  name: string;
}

const ISO_COUNTRY = /^[A-Z]{2}$/;
/** Codes that stand for no country, such as XW for the world and XE for Europe; Kosovo's XK is one. */
const NO_COUNTRY = /^(AA|Q[M-Z]|X[A-JL-Z]|ZZ)$/;
const ISRC = /^[A-Z]{2}[A-Z\d]{3}\d{7}$/;
/** What a recording can be beside a plain one, as relations to works say. */
const MARKS = new Set(["acappella", "cover", "demo", "instrumental", "karaoke", "live"]);

function pageOf(entity: string, id: string): string {
  return `${MUSICBRAINZ.home}/${entity}/${id}`;
}

/** Without blank and repeated ones. */
function texts(raw: (string | null)[]): string[] {
  return [...new Set(raw.map(shown).filter((text) => text !== null))];
}

function aliasesOf({ aliases }: Pick<WireWork, "aliases">, name: string): string[] {
  return texts(aliases.map((alias) => alias.name)).filter((alias) => alias !== name);
}

function countryOf({ country, area }: WireArtist): string | null {
  const regions = area?.["iso-3166-2-codes"].map((code) => code.slice(0, 2)) ?? [];
  const codes = [country, ...(area?.["iso-3166-1-codes"] ?? []), ...regions];
  return codes.find((code) => code !== null && ISO_COUNTRY.test(code) && !NO_COUNTRY.test(code)) ?? null;
}

/** The most agreed on first; without those that as many are against. */
function genresOf({ genres }: WireArtist): string[] {
  const liked = genres.filter(({ count }) => count === null || count > 0);
  return texts(liked.sort((a, b) => (b.count ?? 0) - (a.count ?? 0)).map(({ name }) => name));
}

/** yyyy, yyyy-mm or yyyy-mm-dd: as much as there is and as the calendar knows. */
export function partialDate(text: string | null): string | null {
  const [, year, month, day] = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?/.exec(text ?? "") ?? [];
  if (year === undefined || year === "0000") return null;
  if (calendarDate(`${year}-${month}-01`) === null) return year;
  return calendarDate(`${year}-${month}-${day}`) ?? `${year}-${month}`;
}

function toArtist({ id, name }: Known, wire: WireArtist): ArtistRecord {
  return {
    id,
    name,
    sortName: wire["sort-name"],
    disambiguation: wire.disambiguation,
    aliases: aliasesOf(wire, name),
    country: countryOf(wire),
    genres: genresOf(wire),
    url: pageOf("artist", id),
    imageUrl: null,
    sameAs: sameAs(wire.relations, id),
  };
}

function artistsOf(wire: WireRecording): SongRecord["artists"] {
  return wire["artist-credit"].flatMap(({ name, artist }) => {
    const credited = name ?? artist?.name ?? null;
    return credited === null ? [] : [{ id: cleanMbid(artist?.id ?? null), name: credited }];
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
  const marks = texts(relations.filter(({ work }) => work !== null).flatMap(({ attributes }) => attributes));
  const unsaid = marks.filter((mark) => MARKS.has(mark) && !disambiguation?.toLowerCase().includes(mark));
  return [disambiguation, ...unsaid].filter((words) => words !== null).join(", ") || null;
}

function toSong({ id, name }: Known, wire: WireRecording): SongRecord {
  return {
    id,
    title: name,
    artists: artistsOf(wire),
    workId: workOf(wire.relations),
    isrcs: texts(wire.isrcs.map((isrc) => isrc.toUpperCase().replaceAll("-", ""))).filter((isrc) => ISRC.test(isrc)),
    albumId: null,
    discNumber: null,
    trackNumber: null,
    durationMs: wire.length || null,
    releasedOn: partialDate(wire["first-release-date"]),
    video: wire.video,
    note: noteOf(wire),
    url: pageOf("recording", id),
  };
}

function toWork({ id, name }: Known, wire: WireWork): WorkRecord {
  return { id, title: name, aliases: aliasesOf(wire, name), note: wire.disambiguation, url: pageOf("work", id) };
}

function albumKind({ "primary-type": primary, "secondary-types": secondary }: WireReleaseGroup): AlbumKind {
  const types = [...secondary, primary ?? ""].map((type) => type.toLowerCase());
  const has = (...wanted: string[]) => types.some((type) => wanted.includes(type));
  if (has("live")) return "live";
  if (has("interview", "audiobook", "audio drama", "spokenword", "dj-mix")) return "other";
  return (["compilation", "album", "single", "ep"] as const).find((kind) => has(kind)) ?? "other";
}

function toAlbum({ id, name }: Known, wire: WireReleaseGroup): AlbumRecord {
  return {
    id,
    title: name,
    kind: albumKind(wire),
    releasedOn: partialDate(wire["first-release-date"]),
    url: pageOf("release-group", id),
    imageUrl: null,
  };
}

type Named = { id: string | null } & ({ name: string | null } | { title: string | null });

function reader<W extends Named, T>(schema: z.ZodType<W>, toRecord: (known: Known, wire: W) => T) {
  return (value: unknown): Reading<T> => {
    const read = schema.safeParse(value);
    if (!read.success) return refuse("malformed", null, "It is not an object.");
    const wire = read.data;
    const known = identify(wire.id, "name" in wire ? wire.name : wire.title);
    return "refusal" in known ? known : { record: toRecord(known.record, wire) };
  };
}

export const readArtist = reader(wireArtist, toArtist);
export const readSong = reader(wireRecording, toSong);
export const readWork = reader(wireWork, toWork);
export const readAlbum = reader(wireReleaseGroup, toAlbum);

function readTrack(value: unknown, albumId: string, discNumber: number | null): Reading<SongRecord> {
  const track = wireTrack.safeParse(value);
  if (!track.success) return refuse("malformed", null, "The track is not an object.");
  const song = readSong(track.data.recording);
  if ("refusal" in song) return song;
  const durationMs = song.record.durationMs ?? (track.data.length || null);
  return { record: { ...song.record, albumId, discNumber, trackNumber: track.data.position || null, durationMs } };
}

/** The tracks of one edition of an album in order, hidden ones before the first too; data tracks are left out. */
export function readTracks(release: unknown, albumId: string): Records<SongRecord> {
  const read = wireRelease.safeParse(release);
  if (!read.success) return readEach([release], () => refuse("malformed", null, "The edition is not an object."));
  const discs = read.data.media.map(({ position, pregap, tracks }) =>
    readEach([...(pregap ? [pregap] : []), ...tracks], (track) => readTrack(track, albumId, position || null)),
  );
  return { records: discs.flatMap(({ records }) => records), refused: discs.flatMap(({ refused }) => refused) };
}
