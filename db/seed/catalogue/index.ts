export { artists } from "./artists.ts";
export { demoFans } from "./fans.ts";
export { shows } from "./shows.ts";
export type { CatalogueArtist, CatalogueShow, CatalogueVenue } from "./types.ts";
export { venues } from "./venues.ts";
