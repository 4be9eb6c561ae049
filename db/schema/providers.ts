import type { Provider } from "#server/domain/provider-records.ts";

/** As the domain has them; a schema may hold no values of the domain. */
export const PROVIDERS = ["musicbrainz", "setlistfm", "ticketmaster", "spotify"] as const satisfies readonly Provider[];
