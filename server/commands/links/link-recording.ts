import type { Transaction } from "#db/client.ts";
import { keepApart, keepRejection, songOfVariant } from "#db/queries/identity-links.ts";
import { ATTRIBUTION } from "../../domain/attribution.ts";
import { AppError } from "../../domain/errors.ts";
import { mergeInto } from "../merge/merge-into.ts";
import type { DecidedPair } from "./linked-elsewhere.ts";

/** The song of a recording becomes this song; whether it was another one. Throws `unknown_recording`. */
export async function approveRecording(tx: Transaction, pair: DecidedPair, artistId: number, now: number): Promise<boolean> {
  const songId = await songOf(tx, pair, artistId);
  if (songId === pair.id) return false;
  await mergeInto(tx, { kind: "song", from: songId, into: pair.id, by: pair.by }, now);
  return true;
}

/** The song of a recording and this song are two; whether that was not known yet. Throws `unknown_recording` and `own_recording`. */
export async function rejectRecording(tx: Transaction, pair: DecidedPair, artistId: number, now: number): Promise<boolean> {
  const songId = await songOf(tx, pair, artistId);
  if (songId === pair.id) {
    const message = `${ATTRIBUTION[pair.provider].name} ${pair.providerId} is a recording of this song; only a merge that brought it here can be undone.`;
    throw new AppError({ kind: "conflict", reason: "own_recording", message });
  }
  const kept = await keepRejection(tx, pair, pair.by, now);
  return (await keepApart(tx, "song", [songId, pair.id], pair.by, now)) || kept;
}

async function songOf(tx: Transaction, { provider, providerId }: DecidedPair, artistId: number): Promise<number> {
  const songId = await songOfVariant(tx, artistId, provider, providerId);
  if (songId !== null) return songId;
  const message = `The song's artist has no recording ${providerId} of ${ATTRIBUTION[provider].name}. Its id is on the page of the recording.`;
  throw new AppError({ kind: "conflict", reason: "unknown_recording", message });
}
