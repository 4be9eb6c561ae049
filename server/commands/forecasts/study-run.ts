import { command } from "#db/command.ts";
import type { Transaction } from "#db/client.ts";
import { deleteSetting, readSetting, writeSetting } from "#db/queries/journal.ts";
import { AppError } from "../../domain/errors.ts";

/** One run of the job that studies an artist. */
export interface StudyRun {
  artistId: number;
  jobId: number;
  /** The number of the job's taking-up: of two runs of one job the older has lost it. */
  claim: number;
}

const keyOf = (artistId: number) => `study ${artistId}`;
const markOf = ({ jobId, claim }: StudyRun) => `${jobId}.${claim}`;

/** What a study learns that may not write any more: another one has begun since, which has read at least as much. */
export function studyOvertaken(): AppError {
  return new AppError({ kind: "conflict", reason: "study_overtaken", message: "Another study of the artist has begun since, or the artist has been merged." });
}

/** Marks a study as the latest of its artist, before it reads anything: from now on those that began before write nothing. */
export const beginStudy = command<StudyRun, void>((tx, { input }) => writeSetting(tx, keyOf(input.artistId), markOf(input)));

/** Takes the mark of a study away, where it is still the latest. */
export const endStudy = command<StudyRun, void>(async (tx, { input }) => {
  if (await isLatest(tx, input)) await deleteSetting(tx, keyOf(input.artistId));
});

/** Throws `studyOvertaken` where a study is not the latest of its artist. */
export async function requireLatest(tx: Transaction, study: StudyRun): Promise<void> {
  if (!(await isLatest(tx, study))) throw studyOvertaken();
}

async function isLatest(tx: Transaction, study: StudyRun): Promise<boolean> {
  return (await readSetting(tx, keyOf(study.artistId))) === markOf(study);
}

/** Lets no study of these artists that goes on write any more: whose shows are whose is another thing now. */
export async function endStudiesOf(tx: Transaction, artistIds: readonly number[]): Promise<void> {
  for (const artistId of artistIds) await deleteSetting(tx, keyOf(artistId));
}
