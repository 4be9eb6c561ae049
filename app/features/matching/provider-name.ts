import { ATTRIBUTION } from "#server/domain/attribution.ts";
import type { Provider } from "#server/domain/provider-records.ts";

export function providerName(provider: Provider): string {
  return ATTRIBUTION[provider].name;
}
