/** A backup, restore, export or import that can't be done; the message says why and what to do. */
export class BackupError extends Error {
  override readonly name = "BackupError";
}

/** Another process makes a backup under the same name at this moment. */
export class BackupUnderWayError extends BackupError {}

/** The backup was broken off because the program stops. */
export class BackupStoppedError extends BackupError {
  constructor() {
    super("The backup was broken off because the program stops.");
  }
}
