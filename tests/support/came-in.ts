import { putArtistIdentities, putShowIdentity } from "#db/queries/identities.ts";
import { putSetlist } from "#db/queries/setlists.ts";
import { putBill } from "#db/queries/show-rows.ts";
import { putTrends } from "#db/queries/trends.ts";
import type { PlayedSong, Provider } from "#server/domain/provider-records.ts";
import type { TestDatabase } from "./test-database.ts";

export interface SetSpec {
  name?: string;
  encore?: number;
  songs: (string | (Partial<Omit<PlayedSong, "coverOf" | "guest">> & { title: string; coverOf?: string; guest?: string }))[];
}

export interface SetlistSpec {
  provider?: Provider;
  note?: string;
  sets?: SetSpec[];
}

let serial = 0;

/** A setlist of a show as it is stored after it came in; its id and where it links to. */
export async function buildSetlist(database: TestDatabase, show: { showId: number }, spec: SetlistSpec = {}): Promise<{ id: number; url: string }> {
  serial += 1;
  const { provider = "setlistfm", note = null, sets = [] } = spec;
  const url = `https://www.setlist.fm/setlist/test/${serial}.html`;
  const songs = sets.flatMap((set, i) => set.songs.map((song) => ({ setNumber: i + 1, ...(typeof song === "string" ? { title: song } : song) })));
  const rows = songs.map((song, i) => ({
    position: i + 1,
    titleKey: song.title.toLowerCase(),
    songId: null,
    coverOfId: null,
    ...song,
    coverOf: song.coverOf ?? null,
    guest: song.guest ?? null,
    tape: song.tape ?? false,
    note: song.note ?? null,
  }));
  const id = await database.change((tx) =>
    putSetlist(
      tx,
      { showId: show.showId, provider, providerId: `setlist-${serial}`, version: `v${serial}`, url, note, editedAt: null, storedAt: 0 },
      sets.map(({ name = null, encore = null }, i) => ({ number: i + 1, name, encore })),
      rows,
    ),
  );
  return { id, url };
}

/** An artist's page at a provider whose record of the artist was stored; without an address a link that another states. */
export async function linkArtist(database: TestDatabase, artistId: number, provider: Provider, { id, url }: { id?: string; url?: string } = {}): Promise<void> {
  serial += 1;
  const link = { artistId, provider, providerId: id ?? `artist-${serial}`, confidence: 1, status: "automatic" as const };
  const own = url === undefined ? { evidence: { statedBy: "musicbrainz" } } : { url, digest: "d", evidence: { own: true } };
  await database.change((tx) => putArtistIdentities(tx, [{ ...link, ...own }]));
}

/** A provider's event that is the show, with where its tickets are sold. */
export async function linkShow(database: TestDatabase, show: { showId: number; artistId: number }, ticketUrl: string | null): Promise<void> {
  serial += 1;
  const { showId, artistId } = show;
  const event = { provider: "ticketmaster" as const, providerId: `event-${serial}`, artistId, showId, confidence: 1, status: "automatic" as const };
  await database.change((tx) => putShowIdentity(tx, { ...event, evidence: { own: true }, url: ticketUrl, ticketUrl, digest: "d" }));
}

/** Who is on a show's bill, by their ids at Ticketmaster. */
export async function buildBill(database: TestDatabase, showId: number, bill: { name: string; id: string }[]): Promise<void> {
  await database.change((tx) => putBill(tx, showId, bill.map(({ name, id }) => ({ name, provider: "ticketmaster", providerId: id }))));
}

/** How fast a show's votes came in at an instant (epoch ms). */
export async function buildTrend(database: TestDatabase, trend: { showId: number; votes: number; rate: number; at: number }): Promise<void> {
  await database.change((tx) => putTrends(tx, [trend]));
}
