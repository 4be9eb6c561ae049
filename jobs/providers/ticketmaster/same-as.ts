import type { ProviderId } from "#server/domain/provider-records.ts";
import type { WireBilled } from "./wire.ts";

const MBID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i;
const SPOTIFY_ARTIST = /\bartist[/:]([0-9A-Za-z]{22})\b/;

/** Who an attraction is elsewhere, as Ticketmaster says; addresses that name no artist are left out. */
export function sameAs(links: WireBilled["externalLinks"]): ProviderId[] {
  const musicbrainz = (links?.musicbrainz ?? []).map(({ id, url }) => MBID.exec(id ?? url ?? "")?.[0].toLowerCase());
  const spotify = (links?.spotify ?? []).map(({ url }) => SPOTIFY_ARTIST.exec(url ?? "")?.[1]);
  return [
    ...each("musicbrainz", musicbrainz),
    ...each("spotify", spotify),
  ];
}

function each(provider: ProviderId["provider"], ids: (string | undefined)[]): ProviderId[] {
  return [...new Set(ids.filter((id) => id !== undefined))].map((id) => ({ provider, id }));
}
