import type { ArtistRecord, Provider, Records } from "#server/domain/provider-records.ts";
import type { StoredArtist } from "#server/commands/catalogue/store-artist.ts";
import { AppError } from "#server/domain/errors.ts";
import { whoIsMeant } from "#server/domain/who-is-meant.ts";
import { readKnownArtist } from "#server/views/match-facts.ts";
import { readIdentities, readIdsAt } from "#server/views/sync-facts.ts";
import { ProviderError } from "../../providers/http.ts";
import { GiveUp } from "../job.ts";
import type { Sources } from "../sources.ts";
import { ambiguous, unknownName, WhoProblem } from "./who-problem.ts";
import { after, isEnding, listsOf, part, type Course } from "./course.ts";
import { findTwin, type TwinSearch } from "./find-twin.ts";
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
  const { target, part: { provider }, sources, job, course } = walk;
  if (target === null) throw new Error("An artist is looked for whom nobody has named");
  const record = "id" in target ? await lookUp(sources, provider, target.id) : await findByName(sources, provider, target.name);
  const others = SEEDS.filter((other) => other !== provider && sources[other] !== null);
  const next = after(course, null, [...others.map((other) => part("twin", other)), part("lists", provider)]);
  const step = { ...job.step(null), progress: { phase: "identities" as const } };
  const asked = "id" in target ? { askedId: target.id } : {};
  return storing(walk, { artistId: course.artistId, provider, record, ...asked, step, cursor: { ...next } }, next);
};

/** Looks an artist that is known by another provider up at this one: by the id that is stated, or by its name. */
export const readTwin: Step = async (walk) => {
  const { part: { provider }, sources, reader, write, job } = walk;
  const artistId = artistOf(walk);
  const ids = await readIdentities(reader, artistId);
  const { records: [record], refused, found, reviews } = await twin(walk, ids);
  const { course: rest, step } = goOn(walk, null, { refused: refusals(refused) });
  const course = record ? await askingAgain(walk, rest, ids) : rest;
  if (!record || sources[provider] === null) {
    if (reviews) await write("noteTwins", { artistId, provider, reviews, step });
    else await write("saveJobStep", { step });
    return rest;
  }
  const asked = ids[provider] === undefined ? {} : { askedId: ids[provider] };
  const stored = { artistId, provider, record, ...asked, ...(found && { found }) };
  return storing(walk, { ...stored, step: { ...job.step(null), progress: step.progress ?? {} }, cursor: { ...course } }, course);
};

/** With what a provider tells for the first time, those that were asked by what was known before are asked again: mostly from answers that are kept. */
async function askingAgain({ part: { provider }, sources, reader, course: { artistId } }: Walk, course: Course, ids: Ids): Promise<Course> {
  const known = await readKnownArtist(reader, artistId!);
  if (known?.toldBy.has(provider)) return course;
  const isWaiting = (other: Provider) => course.todo.some(({ list, provider: of }) => list === "twin" && of === other);
  const again = SEEDS.filter((other) => other !== provider && sources[other] !== null && ids[other] === undefined && !isWaiting(other));
  return { ...course, todo: [...again.map((other) => part("twin", other)), ...course.todo] };
}

/** Stores an artist; the course goes on with the one that it is here. One that is tied to two of ours is left to a moderator. */
async function storing({ write }: Walk, input: StoredArtist, course: Course): Promise<Course> {
  try {
    const { artistId } = await write("storeArtist", input);
    return { ...course, artistId };
  } catch (error) {
    const { artistId, provider, record } = input;
    if (error instanceof AppError && error.reason === "identity_conflict") await write("noteConflict", { artistId, provider, record });
    throw error;
  }
}

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
  const lists = own.filter(({ list, provider: of }) => !isEnding(list) && !todo.some((one) => one.list === list && one.provider === of));
  const { course, step } = goOn(walk, null, {}, lists);
  await write("saveJobStep", { step });
  return course;
};

type Ids = Partial<Record<Provider, string>>;

const NOBODY: Records<ArtistRecord> = { records: [], refused: [] };

async function twin(walk: Walk, ids: Ids): Promise<TwinSearch> {
  const { part: { provider }, sources } = walk;
  // setlist.fm has nothing to say of an artist that MusicBrainz does not.
  if (provider === "setlistfm" && ids.musicbrainz !== undefined) return NOBODY;
  const known = await byKnownIds(walk);
  if (known !== null) return known;
  const search = await findTwin(walk);
  const [record] = search.records;
  // A search of MusicBrainz tells less than a look at the artist.
  return record && provider === "musicbrainz" ? { ...search, ...(await sources.musicbrainz!.artist(record.id)) } : search;
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
