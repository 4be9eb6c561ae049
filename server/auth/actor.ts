import { AppError } from "../domain/errors.ts";

export type Role = "user" | "moderator" | "admin";

/** Who is asking, as far as rights go. */
export interface Actor {
  userId: number;
  role: Role;
  displayName: string;
  email: string;
}

/** What a check can allow. */
export type Capability = "vote" | "manage-own-account" | "manage-shows" | "manage-catalogue" | "moderate";

declare const checked: unique symbol;

/** Proof that an account may do something. Only `authorize` and `authorizeOperator` make one; writes ask for it. */
export interface Authorized<C extends Capability> {
  readonly userId: number;
  readonly [checked]: C;
}

/** The proof where the role suffices, null where it does not. */
export function allowedTo<C extends Capability>(actor: Actor | null, capability: C): Authorized<C> | null {
  return actor && NEEDED[capability].includes(actor.role) ? authorize(actor, capability) : null;
}

const NEEDED: Record<Capability, readonly Role[]> = {
  vote: ["user", "moderator", "admin"],
  "manage-own-account": ["user", "moderator", "admin"],
  "manage-shows": ["admin"],
  "manage-catalogue": ["admin"],
  moderate: ["moderator", "admin"],
};

/** Checks a right. Throws `unauthenticated` for nobody and `forbidden` for the wrong role. */
export function authorize<C extends Capability>(actor: Actor | null, capability: C): Authorized<C> {
  if (!actor) {
    throw new AppError({ kind: "unauthenticated", reason: "unauthenticated", message: "Sign in first." });
  }
  if (!NEEDED[capability].includes(actor.role)) {
    throw new AppError({ kind: "forbidden", reason: "forbidden", message: "Your account may not do this." });
  }
  return { userId: actor.userId } as Authorized<C>;
}
