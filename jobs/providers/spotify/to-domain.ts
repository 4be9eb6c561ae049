import type { AlbumKind, AlbumRecord, ArtistRecord, SongRecord } from "#server/domain/provider-records.ts";
import { calendarDate, refuse, shown, webAddress, type Reading } from "../wire-values.ts";
import { SPOTIFY } from "./terms.ts";
import { wireAlbum, wireArtist, wireTrack, type WireAlbum, type WireArtist, type WireTrack } from "./wire.ts";

export function readArtist(value: unknown): Reading<ArtistRecord> {
  const read = wireArtist.safeParse(value);
  if (!read.success) return refuse("malformed", null, "The artist is not an object.");
  const { id, name, type } = read.data;
  if (id === null) return refuse("no_id", null, "The artist has no id.");
  if (type !== null && type !== "artist") return refuse("not_this_kind", id, `It is of type ${type}, not an artist.`);
  if (name === null) return refuse("no_name", id, "The artist has no name.");
  return { record: toArtist(id, name, read.data) };
}

function toArtist(id: string, name: string, artist: WireArtist): ArtistRecord {
  return {
    id,
    name,
    sortName: null,
    disambiguation: null,
    aliases: [],
    country: null,
    genres: [...new Set(artist.genres.map(shown).filter((genre) => genre !== null))],
    url: pageOf("artist", id, artist),
    imageUrl: widest(artist.images),
    sameAs: [],
  };
}

export function readAlbum(value: unknown): Reading<AlbumRecord> {
  const read = wireAlbum.safeParse(value);
  if (!read.success) return refuse("malformed", null, "The album is not an object.");
  const { id, name, type } = read.data;
  if (id === null) return refuse("no_id", null, "The album has no id.");
  if (type !== null && type !== "album") return refuse("not_this_kind", id, `It is of type ${type}, not an album.`);
  if (name === null) return refuse("no_name", id, "The album has no title.");
  return {
    record: {
      id,
      title: name,
      kind: kindOf(read.data),
      releasedOn: releasedOn(read.data),
      url: pageOf("album", id, read.data),
      imageUrl: widest(read.data.images),
    },
  };
}

/** From so many tracks on, a single is an EP: Spotify files both under `single`. */
const EP_TRACKS = 4;

function kindOf({ album_type, total_tracks }: WireAlbum): AlbumKind {
  const kind = album_type?.toLowerCase();
  if (kind === "single") return (total_tracks ?? 0) >= EP_TRACKS ? "ep" : "single";
  if (kind === "ep" || kind === "album" || kind === "compilation") return kind;
  return "other";
}

/** As precise as Spotify knows: a date that it fills up with 01-01 is cut to its year. */
function releasedOn({ release_date: date, release_date_precision: precision }: WireAlbum): string | null {
  const [, year, month, day] = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/.exec(date ?? "") ?? [];
  if (year === undefined || year === "0000") return null;
  if (month === undefined || precision === "year" || calendarDate(`${year}-${month}-01`) === null) return year;
  if (day === undefined || precision === "month") return `${year}-${month}`;
  return calendarDate(`${year}-${month}-${day}`) ?? `${year}-${month}`;
}

/** A track, by the album's id where its list was asked for: there Spotify leaves the album out. */
export function readSong(value: unknown, albumId: string | null = null): Reading<SongRecord> {
  if (value === null) return refuse("no_id", null, "The track is not available any more.");
  const read = wireTrack.safeParse(value);
  if (!read.success) return refuse("malformed", null, "The track is not an object.");
  const { id, name, type, is_local: local, artists } = read.data;
  if (local) return refuse("not_this_kind", id, "The track is a file of somebody's computer.");
  if (id === null) return refuse("no_id", null, "The track has no id: it is not available any more.");
  if (type !== null && type !== "track") return refuse("not_this_kind", id, `It is of type ${type}, not a track.`);
  if (name === null) return refuse("no_name", id, "The track has no title.");
  const credited = artists.flatMap((artist) => (artist.name === null ? [] : [{ id: artist.id, name: artist.name }]));
  if (credited.length === 0) return refuse("no_artist", id, "The track names no artist.");
  return { record: toSong(id, name, credited, read.data, albumId) };
}

function toSong(id: string, title: string, artists: SongRecord["artists"], track: WireTrack, albumId: string | null): SongRecord {
  return {
    id,
    title,
    artists,
    workId: null,
    isrcs: isrcsOf(track),
    albumId: track.album?.id ?? albumId,
    discNumber: track.disc_number || null,
    trackNumber: track.track_number || null,
    durationMs: track.duration_ms || null,
    releasedOn: track.album ? releasedOn(track.album) : null,
    video: false,
    note: null,
    url: pageOf("track", id, track),
  };
}

function isrcsOf({ external_ids: ids }: WireTrack): string[] {
  const isrc = ids?.isrc?.replace(/[\s-]/g, "").toUpperCase() ?? "";
  return /^[A-Z]{2}[A-Z0-9]{3}\d{7}$/.test(isrc) ? [isrc] : [];
}

/** Its page at Spotify, which has to be linked to. */
function pageOf(kind: string, id: string, { external_urls: urls }: Pick<WireArtist, "external_urls">): string {
  return webAddress(urls?.spotify ?? null) ?? `${SPOTIFY.home}/${kind}/${encodeURIComponent(id)}`;
}

function widest(images: WireArtist["images"]): string | null {
  const byWidth = images.toSorted((a, b) => (b.width ?? 0) - (a.width ?? 0));
  return byWidth.map(({ url }) => webAddress(url)).find((url) => url !== null) ?? null;
}
