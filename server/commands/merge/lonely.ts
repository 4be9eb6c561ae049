import type { Provider } from "../../domain/provider-records.ts";
import { notFound } from "../../domain/errors.ts";
import { conflict } from "./conflict.ts";

interface Known {
  provider: Provider;
  providerId: string;
}

/**
 * Which identities go, and the providers of whom none is left: what those have told goes along. Throws `not_found`, and
 * the conflict `only_identity`.
 */
export function lonely(known: Known[], isMeant: (one: Known) => boolean, provider: Provider): { goes: Known[]; providers: Provider[] } {
  const goes = known.filter(isMeant);
  const stays = known.filter((one) => !isMeant(one));
  if (!goes.some((one) => one.provider === provider)) throw notFound("identity");
  if (stays.length === 0) throw conflict("only_identity", "This is all that is linked here, so there is nothing to split. Link another one first.");
  const providers = new Set(goes.map((one) => one.provider));
  return { goes, providers: [...providers].filter((each) => !stays.some((one) => one.provider === each)) };
}
