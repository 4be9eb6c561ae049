import { command } from "#db/command.ts";
import type { Authorized } from "../auth/actor.ts";
import type { LinkKind } from "../domain/matching/link-file.ts";
import type { Provider } from "../domain/provider-records.ts";
import { approveIdentity } from "./links/approve-identity.ts";
import { rejectIdentity } from "./links/reject-identity.ts";

export interface IdentityDecision {
  moderator: Authorized<"moderate">;
  kind: LinkKind;
  /** Of ours. */
  id: number;
  provider: Provider;
  providerId: string;
  verdict: "approve" | "reject";
}

/** Says by hand that a provider's id is one of ours, or is not. Whether that changed anything. Throws `not_found` and `identity_elsewhere`. */
export const decideIdentity = command<IdentityDecision, { changed: boolean }>(async (tx, { input: { moderator, verdict, ...pair }, now }) => {
  const decided = { ...pair, by: moderator.userId };
  const changed = verdict === "approve" ? await approveIdentity(tx, decided, now) : await rejectIdentity(tx, decided, now);
  return { changed };
});
