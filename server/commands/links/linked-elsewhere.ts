import type { Transaction } from "#db/client.ts";
import { linkedOne, type LinkedOne, type Pair } from "#db/queries/identity-links.ts";
import { ATTRIBUTION } from "../../domain/attribution.ts";
import { AppError, notFound } from "../../domain/errors.ts";

/** One of ours and a provider's id, and who says so: null for the operator's command line. */
export type DecidedPair = Pair & { by: number | null };

/** The one that a pair is of. Throws `not_found` where it is gone, or of the demo. */
export async function standingOne(tx: Transaction, { kind, id }: Pair): Promise<LinkedOne> {
  const one = await linkedOne(tx, kind, id);
  if (!one) throw notFound(kind);
  return one;
}

/** The refusal of an id that is another one's. */
export async function linkedElsewhere(tx: Transaction, { kind, provider, providerId }: Pair, ownerId: number): Promise<AppError> {
  const owner = await linkedOne(tx, kind, ownerId);
  const whose = `the ${kind} ${owner?.name ?? "of the demo"} (${ownerId})`;
  const message = `${ATTRIBUTION[provider].name} ${providerId} is linked to ${whose}. Merge the two, or reject it there first.`;
  return new AppError({ kind: "conflict", reason: "identity_elsewhere", message });
}
