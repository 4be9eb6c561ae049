/** What a file of setlists may say of each song, in the order in which it is written. */
export const SETLIST_COLUMNS = ["artist", "date", "venue", "set", "encore", "title", "cover_of", "guest", "tape", "segue", "medley", "note"] as const;
export type SetlistColumn = (typeof SETLIST_COLUMNS)[number];
