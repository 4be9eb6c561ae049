import type { ArtistRecord, Provider, Records } from "#server/domain/provider-records.ts";
import { whoIsMeant } from "#server/domain/who-is-meant.ts";
import { readArtistFacts, readIdentities, readIdsAt } from "#server/views/sync-facts.ts";
import { ProviderError } from "../../providers/http.ts";
import { GiveUp } from "../job.ts";
import type { Sources } from "../sources.ts";
import { ambiguous, unknownName, WhoProblem } from "./who-problem.ts";
import { after, listsOf, part, type Course } from "./course.ts";
import { artistOf, goOn, refusals, type Step, type Walk } from "./walk.ts";

/** Who says first what an artist is. */
export const SEEDS: readonly Provider[] = ["musicbrainz", "spotify", "ticketmaster", "setlistfm"];

/** The provider by which an artist is found that is only known by name. Throws `GiveUp` where none is asked. */
export function seedOf(sources: Sources): Provider {
  const seed = SEEDS.find((provider) => sources[provider] !== null);
  if (seed) return seed;
  throw new GiveUp("no_provider", "No provider is asked here: nothing can be imported. Set MUSICBRAINZ=1 or enter a key of another one.");
}

/** Finds out who is to be imported, and stores that artist. */
export const readArtist: Step = async (walk) => {
  const { target, part: { provider }, sources, write, job, course } = walk;
  if (target === null) throw new Error("An artist is looked for whom nobody has named");
  const record = "id" in target ? await lookUp(sources, provider, target.id) : await findByName(sources, provider, target.name);
  const others = SEEDS.filter((other) => other !== provider && sources[other] !== null);
  const next = after(course, null, [...others.map((other) => part("twin", other)), part("lists", provider)]);
  const step = { ...job.step(null), progress: { phase: "identities" as const } };
  const asked = "id" in target ? { askedId: target.id } : {};
  const { artistId } = await write("storeArtist", { artistId: course.artistId, provider, record, ...asked, step, cursor: { ...next } });
  return { ...next, artistId };
};

/** Looks an artist that is known by another provider up at this one: by the id that is stated, or by who states ours. */
export const readTwin: Step = async (walk) => {
  const { part: { provider }, sources, reader, write, job } = walk;
  const artistId = artistOf(walk);
  const ids = await readIdentities(reader, artistId);
  const found = await twin(walk, ids);
  const { course, step } = goOn(walk, null, { refused: refusals(found.refused) });
  const [record] = found.records;
  if (!record || sources[provider] === null) {
    await write("saveJobStep", { step });
    return course;
  }
  const asked = ids[provider] === undefined ? {} : { askedId: ids[provider] };
  await write("storeArtist", { artistId, provider, record, ...asked, step: { ...job.step(null), progress: step.progress ?? {} }, cursor: { ...course } });
  return course;
};

/** Lays out the lists to be read, now that it is known who knows the artist. */
export const readLists: Step = async (walk) => {
  const { sources, reader, write } = walk;
  const ids = await readIdentities(reader, artistOf(walk));
  const lists = listsOf((provider) => sources[provider] !== null && ids[provider] !== undefined);
  const { course, step } = goOn(walk, null, { phase: "songs" }, lists);
  await write("saveJobStep", { step });
  return course;
};

/** Lays out the lists of a provider that was asked late who the artist is. */
export const readOwnLists: Step = async (walk) => {
  const { part: { provider }, course: { todo }, sources, reader, write } = walk;
  const ids = await readIdentities(reader, artistOf(walk));
  const own = listsOf((one) => one === provider && sources[one] !== null && ids[one] !== undefined);
  const lists = own.filter(({ list, provider: of }) => list !== "ballots" && !todo.some((one) => one.list === list && one.provider === of));
  const { course, step } = goOn(walk, null, {}, lists);
  await write("saveJobStep", { step });
  return course;
};

type Ids = Partial<Record<Provider, string>>;

const NOBODY: Records<ArtistRecord> = { records: [], refused: [] };

async function twin(walk: Walk, ids: Ids): Promise<Records<ArtistRecord>> {
  const { part: { provider }, sources, reader, course, job: { signal } } = walk;
  // setlist.fm has nothing to say of an artist that MusicBrainz does not.
  if (provider === "setlistfm" && ids.musicbrainz !== undefined) return NOBODY;
  const known = await byKnownIds(walk);
  if (known !== null) return known;
  if (provider !== "ticketmaster") return NOBODY;
  const facts = await readArtistFacts(reader, course.artistId!);
  const { records, refused } = await sources.ticketmaster!.searchArtists(facts!.name, { signal });
  return { records: records.filter((record) => record.sameAs.some(({ provider: other, id }) => ids[other] === id)).slice(0, 1), refused };
}

/** What the provider has by the first of the ids that it still knows; null where there is none. */
async function byKnownIds(walk: Walk): Promise<Records<ArtistRecord> | null> {
  const { part: { provider }, sources, reader, write, job: { signal } } = walk;
  for (const id of await readIdsAt(reader, artistOf(walk), provider)) {
    const found = await sources[provider]!.artist(id, { signal }).catch(missing);
    if (found !== null) return found;
    await write("doubtArtistId", { provider, id });
  }
  return null;
}

function missing(error: unknown): null {
  if (error instanceof ProviderError && error.kind === "not_found") return null;
  throw error;
}

async function lookUp(sources: Sources, provider: Provider, id: string): Promise<ArtistRecord> {
  const source = sources[provider];
  if (source === null) throw new GiveUp("not_asked", `${provider} is not asked here: enter its key, or import by the id of another provider.`);
  const { records, refused } = await source.artist(id).catch((error: unknown) => {
    if (error instanceof ProviderError && (error.kind === "not_found" || error.kind === "bad_request")) throw new GiveUp("not_found", `${provider} knows nobody by the id ${id}.`);
    throw error;
  });
  const [record] = records;
  if (record) return record;
  throw new GiveUp("not_found", refused[0]?.detail ?? `${provider} knows nobody by the id ${id}.`);
}

async function findByName(sources: Sources, provider: Provider, name: string): Promise<ArtistRecord> {
  const { records } = await sources[provider]!.searchArtists(name);
  const who = whoIsMeant(name, records);
  if (who.verdict === "several") throw new WhoProblem(ambiguous(name, provider, who.candidates));
  if (who.verdict === "nobody") throw new WhoProblem(unknownName(name, provider, who.candidates));
  // A search tells less than a look at the artist.
  return lookUp(sources, provider, who.artist.id);
}

/** The course of an import that begins. */
export function courseOfImport(sources: Sources, target: { provider: Provider } | { name: string }): Course {
  const seed = "provider" in target ? target.provider : seedOf(sources);
  return { artistId: null, todo: [part("artist", seed)], later: [] };
}
