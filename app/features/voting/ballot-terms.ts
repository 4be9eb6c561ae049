/** What holds for every row of a ballot. */
export interface BallotTerms {
  slug: string;
  open: boolean;
  signedIn: boolean;
  /** Where its forms are sent. */
  action: string;
}
