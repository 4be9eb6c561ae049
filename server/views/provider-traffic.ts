import { readAnswer, requestsOn } from "#db/queries/provider-traffic.ts";
import type { Provider } from "../domain/provider-records.ts";
import type { Reader } from "./reader.ts";

export const readKeptAnswer = (reader: Reader, key: string) => readAnswer(reader, key);

/** Requests of a provider that were counted on a UTC day (yyyy-mm-dd). */
export const readRequestsOn = (reader: Reader, provider: Provider, day: string) => requestsOn(reader, provider, day);
