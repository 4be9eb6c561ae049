import type { ProviderId } from "#server/domain/provider-records.ts";
import type { WireRelation } from "./wire.ts";

const SPOTIFY_HOSTS = new Set(["open.spotify.com", "play.spotify.com"]);
const SPOTIFY_ARTIST = /^\/(?:intl-[a-z-]+\/)?artist\/([0-9A-Za-z]{22})\/?$/;
const SETLISTFM_HOSTS = new Set(["www.setlist.fm", "setlist.fm"]);
const SETLISTFM_ARTIST = /^\/setlists\/[^/]+\.html$/;

/** Whom a link leads to. Ticketmaster's links carry numbers of its shop that its API does not know: they say nothing here. */
function linked(address: string, mbid: string): ProviderId | null {
  const url = URL.parse(address);
  if (url?.protocol !== "https:" && url?.protocol !== "http:") return null;
  const { hostname, pathname } = url;
  if (SPOTIFY_HOSTS.has(hostname)) {
    const id = SPOTIFY_ARTIST.exec(pathname)?.[1];
    return id === undefined ? null : { provider: "spotify", id };
  }
  // The link's own id is of setlist.fm's pages only: its API knows artists by their MBID.
  if (SETLISTFM_HOSTS.has(hostname) && SETLISTFM_ARTIST.test(pathname)) return { provider: "setlistfm", id: mbid };
  return null;
}

/** The same artist at other providers, by the links that MusicBrainz lists and that have not ended. */
export function sameAs(relations: Pick<WireRelation, "url" | "ended">[], mbid: string): ProviderId[] {
  const found = new Map<string, ProviderId>();
  for (const { url, ended } of relations) {
    const link = ended ? null : linked(url?.resource ?? "", mbid);
    if (link) found.set(`${link.provider} ${link.id}`, link);
  }
  return [...found.values()];
}
