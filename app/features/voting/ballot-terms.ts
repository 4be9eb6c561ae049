import type { Role } from "#server/domain/scoring/played.ts";

/** What holds for every row of a ballot. */
export interface BallotTerms {
  slug: string;
  open: boolean;
  signedIn: boolean;
  /** The setlist song that the fan has named for each role. */
  calls: Partial<Record<Role, number>>;
  /** Where its forms are sent. */
  action: string;
}
