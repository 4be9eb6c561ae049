import { sourcesOf, type Shown } from "#db/queries/page-sources.ts";
import { attributionsOf, type Attribution } from "../domain/attribution.ts";
import type { Provider } from "../domain/provider-records.ts";
import type { Reader } from "./reader.ts";

/** A provider whose data a page shows, with what its terms ask to be said of it. */
export type Source = { provider: Provider } & Pick<Attribution, "name" | "home" | "text" | "termsUrl" | "licence">;

export interface ShownOnPage extends Partial<Shown> {
  /** Whether a genre is among it, which has a licence of its own. */
  genre: boolean;
}

/** Whose data a page shows; none where all of it is the site's own. */
export async function pageSources(reader: Reader, { genre, ...shown }: ShownOnPage): Promise<Source[]> {
  const providers = await sourcesOf(reader, { artists: [], venues: [], shows: [], songsOf: null, ...shown });
  return attributionsOf(providers).map(({ provider, name, home, text, termsUrl, licence }) => ({
    provider,
    name,
    home,
    text,
    termsUrl,
    licence: genre ? licence : null,
  }));
}
