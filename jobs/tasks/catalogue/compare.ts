import { setImmediate as turn } from "node:timers/promises";
import { scoreArtists } from "#server/domain/matching/score-artists.ts";
import { alikeSongs, type AlikeSongs } from "#server/domain/matching/alike-songs.ts";
import { readAlike, readSongsToCompare } from "#server/views/match-facts.ts";
import { artistOf, goOn, type Step } from "./walk.ts";

/** Songs whose matches are written in one transaction: votes wait for its end. */
const AT_ONCE = 200;

/** Compares the artist's songs with one another. */
export const compareSongs: Step = async (walk) => {
  const { reader, write } = walk;
  const artistId = artistOf(walk);
  const songs = await readSongsToCompare(reader, artistId);
  const pairs: AlikeSongs[] = [];
  for (const some of alikeSongs(songs)) {
    pairs.push(...some);
    // Pages are answered meanwhile.
    await turn();
  }
  const byFirst = Map.groupBy(pairs, ({ a }) => a);
  const { course, step } = goOn(walk, null);
  for (let i = 0; i < songs.length || i === 0; i += AT_ONCE) {
    const ids = songs.slice(i, i + AT_ONCE).map(({ id }) => id);
    const found = ids.flatMap((id) => byFirst.get(id) ?? []);
    await write("noteAlikeSongs", { artistId, ids, found, ...(i + AT_ONCE >= songs.length && { step }) });
  }
  return course;
};

/** Compares the artist with others of ours of names alike. Providers were asked and did not agree: a moderator is. */
export const compareArtists: Step = async (walk) => {
  const { reader, write } = walk;
  const artistId = artistOf(walk);
  const pairs = await readAlike(reader, artistId);
  const found = pairs.map(({ otherId, mine, other }) => ({ otherId, ...scoreArtists(mine, other) })).filter(({ verdict }) => verdict !== "none");
  const { course, step } = goOn(walk, null);
  await write("noteAlikeArtists", { artistId, found: found.map(({ otherId, confidence, evidence }) => ({ otherId, confidence, evidence })), step });
  return course;
};

/** Compares the artist's shows of each night that has several. */
export const compareShows: Step = async (walk) => {
  const { course, step } = goOn(walk, null);
  await walk.write("compareShows", { artistId: artistOf(walk), step });
  return course;
};
