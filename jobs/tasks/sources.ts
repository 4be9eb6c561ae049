import type { ProviderState } from "../providers/http-options.ts";
import type { MusicBrainz } from "../providers/musicbrainz/client.ts";
import type { SetlistFm } from "../providers/setlistfm/client.ts";
import type { Spotify } from "../providers/spotify/client.ts";
import type { Ticketmaster } from "../providers/ticketmaster/client.ts";

/** The providers that this installation asks; null for one that it does not. */
export interface Sources {
  musicbrainz: MusicBrainz | null;
  setlistfm: SetlistFm | null;
  ticketmaster: Ticketmaster | null;
  spotify: Spotify | null;
  /** How each that is asked is doing. */
  states(): Promise<ProviderState[]>;
}
