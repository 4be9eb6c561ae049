import type { Transaction } from "#db/client.ts";
import { appendEvents } from "#db/queries/events.ts";
import { artistFacts, insertArtist, type NewArtist } from "#db/queries/identities.ts";
import { followSongs } from "#db/queries/merge-songs.ts";
import { freeSlug } from "#db/queries/slugs.ts";
import { believedIdentities, giveIdentity, giveShows, giveSongsTold, giveTold, recordOf, showsMadeBy } from "#db/queries/splits.ts";
import { notFound } from "../../domain/errors.ts";
import { fold } from "../../domain/fold.ts";
import type { ArtistSide } from "../../domain/matching/score-artists.ts";
import { slugify } from "../../domain/slug.ts";
import { endStudiesOf } from "../forecasts/study-run.ts";
import { rescoreArtists } from "../scores/rescore-artists.ts";
import { lonely } from "./lonely.ts";
import { ownSongs } from "./own-songs.ts";
import type { SplitOrder } from "./split-order.ts";

/** Makes an artist of one identity, with what its provider has told, unless another identity there may have told it. */
export async function splitArtist(tx: Transaction, { id, provider, providerId }: SplitOrder, now: number): Promise<number> {
  const facts = await artistFacts(tx, id);
  if (!facts) throw notFound("artist");
  // setlist.fm knows artists by their id at MusicBrainz.
  const isTwin = (one: { provider: string; providerId: string }) => one.providerId === providerId && KEYED_ALIKE.includes(one.provider) && KEYED_ALIKE.includes(provider);
  const { goes, providers } = lonely(await believedIdentities(tx, "artist", id), (one) => isTwin(one) || (one.provider === provider && one.providerId === providerId), provider);
  const record = await recordOf(tx, "artist", { provider, providerId });
  const to = await insertArtist(tx, await newArtist(tx, facts, record));
  for (const identity of goes) await giveIdentity(tx, "artist", { ...identity, to });
  const shows = await showsMadeBy(tx, { artistId: id }, providers);
  await giveShows(tx, shows, { artistId: to });
  await giveTold(tx, { from: id, to, providers });
  await giveSongsTold(tx, { from: id, to });
  await followSongs(tx, { from: id, into: to });
  for (const artistId of [id, to]) await ownSongs(tx, artistId, { keep: true }, now);
  await endStudiesOf(tx, [id, to]);
  await rescoreArtists(tx, [id, to], now);
  await appendEvents(tx, now, shows.map((showId) => ({ kind: "show.changed", showId, payload: { changed: ["artist"] } })));
  return to;
}

const KEYED_ALIKE = ["musicbrainz", "setlistfm"];

async function newArtist(tx: Transaction, facts: NewArtist, record: ArtistSide | null): Promise<NewArtist> {
  const name = record?.name ?? facts.name;
  return {
    slug: await freeSlug(tx, "artist", slugify(name)),
    name,
    searchName: fold(name),
    genre: record?.genres?.[0] ?? facts.genre,
    country: record?.country ?? facts.country,
    disambiguation: record ? null : facts.disambiguation,
  };
}
