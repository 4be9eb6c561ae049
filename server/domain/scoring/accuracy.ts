/** What a fan's votes came to in all. */
export interface HitCount {
  hits: number;
  votes: number;
}

/** What is thought of a fan before the first vote: a Beta distribution with this mean (0 to 1), worth so many votes. */
export interface AccuracyPrior {
  mean: number;
  weight: number;
}

/** Until enough fans have voted to learn it from. Chosen, not measured. */
export const FIRST_PRIOR: AccuracyPrior = { mean: 0.5, weight: 20 };
/** Fans with votes that a prior is learnt from. */
export const FANS_TO_LEARN = 20;
const WEIGHTS = { least: 5, most: 1_000 };

/** The share of a fan's votes that hit, drawn towards what is usual: (weight × mean + hits) / (weight + votes). */
export function accuracyOf({ mean, weight }: AccuracyPrior, { hits, votes }: HitCount): number {
  return (weight * mean + hits) / (weight + votes);
}

/** Sums over all fans with votes, of which a prior is learnt. */
export interface AccuracySums {
  fans: number;
  votes: number;
  hits: number;
  /** Sum of votes². */
  voteSquares: number;
  /** Sum of hits² / votes. */
  hitSquares: number;
}

/**
 * The prior learnt from all fans (empirical Bayes), by matching moments of a beta-binomial distribution with weights by votes
 * (Kleinman 1973, JASA 68:46-54): the mean is hits over votes of all; the spread beyond chance gives the weight, from
 * 5 (fans differ much) to 1,000 (they are alike). With fewer than 20 fans who voted it is `FIRST_PRIOR`.
 */
export function priorFromSums(sums: AccuracySums): AccuracyPrior {
  if (sums.fans < FANS_TO_LEARN) return FIRST_PRIOR;
  const mean = sums.hits / sums.votes;
  if (mean === 0 || mean === 1) return { mean, weight: WEIGHTS.most };
  const alike = likeness(sums, mean);
  const weight = alike <= 0 ? WEIGHTS.most : 1 / alike - 1;
  return { mean, weight: Math.min(WEIGHTS.most, Math.max(WEIGHTS.least, weight)) };
}

/** How alike two votes of one fan are: the intraclass correlation 1 / (α + β + 1). Σ n (r − m)² is Σ hits² / n − m² N. */
function likeness({ fans, votes, voteSquares, hitSquares }: AccuracySums, mean: number): number {
  const spread = (hitSquares - mean ** 2 * votes) / (mean * (1 - mean));
  const byChance = fans - 1;
  const atMost = votes - voteSquares / votes;
  return atMost === byChance ? 0 : (spread - byChance) / (atMost - byChance);
}
