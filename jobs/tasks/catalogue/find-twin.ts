import type { FoundTwin } from "#server/commands/catalogue/note-twins.ts";
import { fold } from "#server/domain/fold.ts";
import { rankMatches, withRivals, type Candidate } from "#server/domain/matching/best-match.ts";
import type { Evidence } from "#server/domain/matching/evidence.ts";
import { shownRecord, sideOfArtist } from "#server/domain/matching/facts.ts";
import { scoreArtists, type ArtistSide } from "#server/domain/matching/score-artists.ts";
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

const DAY_MS = 86_400_000;
const MOST_LOOKED_AT = 4;

/**
 * Looks for an artist by its name at a provider that nobody has stated an id of. One that is found is the artist's if it is alike
 * beyond doubt, no other one there is, and nobody else would fit it as well: so it does not matter who was imported first.
 */
export async function findTwin(walk: Walk): Promise<TwinSearch> {
  const { part: { provider }, reader } = walk;
  const known = await readKnownArtist(reader, artistOf(walk));
  if (!known) return { records: [], refused: [] };
  const { records, refused } = await search(walk, provider, known.side.name);
  const denied = await readDenied(reader, artistOf(walk), provider, records.map(({ id }) => id));
  const ranked = rankMatches(await scored(walk, { provider, records: records.filter(({ id }) => !denied.has(id)), against: known.side, alone: 1 }));
  const [first, ...others] = ranked;
  if (first?.score.verdict !== "automatic") return { records: [], refused, reviews: ranked.map(toReview) };
  const rivals = isStated(first) ? 0 : await countRivals(walk, known, first.of);
  if (rivals > 0) return { records: [], refused, reviews: [withRivals(first, rivals), ...others].map(toReview) };
  const { confidence, evidence } = first.score;
  return { records: [first.of], refused, ...(!isStated(first) && { found: { confidence, evidence } }) };
}

interface Scoring {
  provider: Provider;
  records: ArtistRecord[];
  against: ArtistSide;
  /** So many that are alike beyond doubt are taken as they are. */
  alone: number;
}

/** How alike the records of a search are to one side. MusicBrainz's searches leave out what tells namesakes apart: those are looked at one by one. */
async function scored({ sources, job: { signal } }: Walk, { provider, records, against, alone }: Scoring): Promise<Sought[]> {
  const score = (of: ArtistRecord): Sought => ({ of, score: scoreArtists(against, sideOfArtist(provider, of)) });
  const candidates = records.map(score);
  const alike = candidates.filter(isCertain);
  if (provider !== "musicbrainz" || alike.length <= alone) return candidates;
  const closer = new Map<string, ArtistRecord>();
  for (const { of: { id } } of alike.slice(0, MOST_LOOKED_AT)) for (const record of (await sources.musicbrainz!.artist(id, { freshMs: DAY_MS, signal })).records) closer.set(id, record);
  return records.map((record) => score(closer.get(record.id) ?? record));
}

function isCertain({ score: { verdict } }: Sought): boolean {
  return verdict === "automatic";
}

function isStated({ score: { evidence } }: Sought): boolean {
  return evidence.some(({ kind }) => kind === "stated_id");
}

function toReview({ of, score: { confidence, evidence } }: Sought): FoundTwin {
  return { providerId: of.id, record: shownRecord(of), confidence, evidence };
}

/**
 * How many others either of the two could be just as surely: at providers that have told of the artist whoever is not the
 * artist; at MusicBrainz, which keeps namesakes apart with care, all but one where the artist is not known there.
 */
async function countRivals(walk: Walk, { side, toldBy }: KnownArtist, found: ArtistRecord): Promise<number> {
  const { part: { provider } } = walk;
  const against = sideOfArtist(provider, found);
  // The same words find the same, and an answer that is kept.
  const name = fold(found.name) === fold(side.name) ? side.name : found.name;
  let rivals = 0;
  for (const other of PROVIDERS) {
    if (other === provider || !(toldBy.has(other) || other === "musicbrainz") || isSilent(walk, other, toldBy)) continue;
    const { records } = await search(walk, other, name);
    const ours = new Set(side.ids?.filter((id) => id.provider === other).map(({ id }) => id));
    const others = records.filter(({ id }) => !ours.has(id));
    const certain = new Set<string>();
    for (const one of [against, side]) {
      const candidates = await scored(walk, { provider: other, records: others, against: one, alone: 0 });
      for (const { of: { id } } of candidates.filter(isCertain)) certain.add(id);
    }
    rivals += Math.max(0, certain.size - Number(!toldBy.has(other)));
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
