import { MUSICBRAINZ } from "#jobs/providers/musicbrainz/terms.ts";
import { SETLISTFM } from "#jobs/providers/setlistfm/terms.ts";
import { SPOTIFY } from "#jobs/providers/spotify/terms.ts";
import { TICKETMASTER } from "#jobs/providers/ticketmaster/terms.ts";
import type { Config } from "../../config/config.ts";
import { machineContact } from "../../config/providers.ts";
import { EXAMPLES } from "../../config/variables.ts";
import { ATTRIBUTION } from "../../domain/attribution.ts";
import type { Provider } from "../../domain/provider-records.ts";
import { note, ok, type Finding } from "./finding.ts";

/** Which providers are set up, and how to get what is missing; asks none of them. */
export function checkProviders({ sync, providers }: Pick<Config, "sync" | "providers">): Finding[] {
  if (!sync) return [note("providers", "none is asked, as SYNC=0 says", "Artists, shows and setlists stay as they are. Take SYNC away to have them brought in.")];
  return [musicbrainz(providers), setlistfm(providers), ticketmaster(providers), spotify(providers)];
}

type Providers = Config["providers"];

function musicbrainz({ musicbrainz }: Providers): Finding {
  if (musicbrainz === null) {
    return note(name("musicbrainz"), "left out, as MUSICBRAINZ=0 says", "Artists come from the other providers then, or not at all. It needs no key: take MUSICBRAINZ away to have it asked.");
  }
  const { contact, baseUrl, paceMs } = musicbrainz;
  const found = `asked without a key${places(baseUrl)}, ${pace(paceMs ?? MUSICBRAINZ.minTimeMs)}; reaches you at ${contact}`;
  if (contact !== machineContact()) return ok(name("musicbrainz"), found);
  return note(name("musicbrainz"), found, `That is this machine's name. Give it a better way to reach you: PUBLIC_URL, or MUSICBRAINZ_CONTACT=${EXAMPLES.MUSICBRAINZ_CONTACT}`);
}

function setlistfm({ setlistfm }: Providers): Finding {
  if (setlistfm === null) {
    return note(name("setlistfm"), "no key: no past setlists come in, and nobody learns what was played", `Get a key at ${SETLISTFM.keys} (free for non-commercial sites), and set SETLISTFM_API_KEY.`);
  }
  const { baseUrl, paceMs, daily } = setlistfm;
  return ok(name("setlistfm"), `a key is set${places(baseUrl)}, ${pace(paceMs ?? SETLISTFM.minTimeMs)}, ${perDay(daily ?? SETLISTFM.requestsPerDay)}`);
}

function ticketmaster({ ticketmaster }: Providers): Finding {
  if (ticketmaster === null) {
    return note(name("ticketmaster"), "no key: no shows to come, venues and ticket links are brought in", `Get a free key at ${TICKETMASTER.keys}, and set TICKETMASTER_API_KEY.`);
  }
  const { baseUrl, paceMs, daily, affiliate } = ticketmaster;
  const links = affiliate === null ? "" : `; ticket links carry ${affiliate.name}`;
  return ok(name("ticketmaster"), `a key is set${places(baseUrl)}, ${pace(paceMs ?? TICKETMASTER.minTimeMs)}, ${perDay(daily ?? TICKETMASTER.requestsPerDay)}${links}`);
}

function spotify({ spotify }: Providers): Finding {
  if (spotify === null) {
    return note(name("spotify"), "no keys: no albums, pictures and links of Spotify's; all else works", `They are of an app of yours at ${SPOTIFY.keys}, whose owner needs Premium; set SPOTIFY_CLIENT_ID and SPOTIFY_CLIENT_SECRET.`);
  }
  return ok(name("spotify"), `client id and secret are set${places(spotify.baseUrl)}, ${pace(spotify.paceMs ?? SPOTIFY.minTimeMs)}`);
}

function name(provider: Provider): string {
  return ATTRIBUTION[provider].name;
}

function places(baseUrl: string | null): string {
  return baseUrl === null ? "" : ` for ${baseUrl}`;
}

function pace(ms: number): string {
  return `a request each ${ms} ms at most`;
}

function perDay(daily: number): string {
  return `${daily.toLocaleString("en")} a day`;
}
