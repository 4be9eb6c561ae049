import type { FoundTwin } from "#server/commands/catalogue/note-twins.ts";
import { rankMatches, type Candidate } from "#server/domain/matching/best-match.ts";
import type { Evidence } from "#server/domain/matching/evidence.ts";
import { shownRecord, sideOfArtist } from "#server/domain/matching/facts.ts";
import { scoreArtists } from "#server/domain/matching/score-artists.ts";
import { PROVIDERS, type ArtistRecord, type Provider, type Records } from "#server/domain/provider-records.ts";
import { readDenied, readKnownArtist, type KnownArtist } from "#server/views/match-facts.ts";
import { ProviderError } from "../../providers/http.ts";
import { artistOf, type Walk } from "./walk.ts";

export interface TwinSearch extends Records<ArtistRecord> {
  /** Why the record is taken for the artist's; absent where its provider states so. */
  found?: { confidence: number; evidence: Evidence[] };
  /** Who else it may be; absent where nobody was looked for. */
  reviews?: FoundTwin[];
}

type Sought = Candidate<ArtistRecord>;

/**
 * Looks for an artist by its name at a provider that nobody has stated an id of. One that is found is the artist's if it is alike
 * beyond doubt, no other one there is, and the providers that know the artist have nobody else who would fit it as well:
 * so it does not matter who was imported first.
 */
export async function findTwin(walk: Walk): Promise<TwinSearch> {
  const { part: { provider }, reader } = walk;
  const known = await readKnownArtist(reader, artistOf(walk));
  if (!known) return { records: [], refused: [] };
  const { records, refused } = await search(walk, provider, known.side.name);
  const denied = await readDenied(reader, artistOf(walk), provider, records.map(({ id }) => id));
  const candidates = records.filter(({ id }) => !denied.has(id)).map((of) => ({ of, score: scoreArtists(known.side, sideOfArtist(provider, of)) }));
  const ranked = rankMatches(candidates);
  const [first, ...others] = ranked;
  if (first?.score.verdict !== "automatic") return { records: [], refused, reviews: ranked.map(toReview) };
  const rivals = isStated(first) ? 0 : await countRivals(walk, known, first.of);
  if (rivals > 0) return { records: [], refused, reviews: [contested(first, rivals), ...others].map(toReview) };
  const { confidence, evidence } = first.score;
  return { records: [first.of], refused, reviews: others.map(toReview), ...(!isStated(first) && { found: { confidence, evidence } }) };
}

function isStated({ score: { evidence } }: Sought): boolean {
  return evidence.some(({ kind }) => kind === "stated_id");
}

/** Below what is joined at once. */
function contested({ of, score }: Sought, count: number): Sought {
  return { of, score: { confidence: Math.min(score.confidence, 0.94), evidence: [...score.evidence, { kind: "rivals", count }], verdict: "review" } };
}

function toReview({ of, score: { confidence, evidence } }: Sought): FoundTwin {
  return { providerId: of.id, record: shownRecord(of), confidence, evidence };
}

/** How many others at the providers that have told of the artist are the one that was found just as surely. */
async function countRivals(walk: Walk, { side, toldBy }: KnownArtist, found: ArtistRecord): Promise<number> {
  const { part: { provider } } = walk;
  const theirs = sideOfArtist(provider, found);
  let rivals = 0;
  for (const other of PROVIDERS) {
    if (other === provider || !toldBy.has(other) || isSilent(walk, other, toldBy)) continue;
    const { records } = await search(walk, other, found.name);
    const ours = new Set(side.ids?.filter((id) => id.provider === other).map(({ id }) => id));
    rivals += records.filter((record) => !ours.has(record.id) && scoreArtists(sideOfArtist(other, record), theirs).verdict === "automatic").length;
  }
  return rivals;
}

/** setlist.fm has nothing to say of an artist that MusicBrainz does not. */
function isSilent({ sources }: Walk, provider: Provider, toldBy: Set<Provider>): boolean {
  return sources[provider] === null || (provider === "setlistfm" && toldBy.has("musicbrainz"));
}

/** What the provider finds under a name; nobody under one that holds nothing to look for. */
async function search({ sources, job: { signal } }: Walk, provider: Provider, name: string): Promise<Records<ArtistRecord>> {
  try {
    return await sources[provider]!.searchArtists(name, { signal });
  } catch (error) {
    if (error instanceof ProviderError && error.kind === "bad_request") return { records: [], refused: [] };
    throw error;
  }
}
