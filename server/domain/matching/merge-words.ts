/** What a merge did to the rows of one table. */
export interface MergedRows {
  tableName: string;
  what: string;
  n: number;
}

/** One and several of what people know of; the other tables hold what the program needs for itself. */
const NOUNS: [table: string, one: string, several: string][] = [
  ["shows", "show", "shows"],
  ["songs", "song", "songs"],
  ["votes", "vote", "votes"],
  ["setlist_songs", "song on a ballot", "songs on ballots"],
  ["actual_setlists", "setlist", "setlists"],
  ["played_songs", "song in a setlist", "songs in setlists"],
  ["albums", "album", "albums"],
  ["song_variants", "recording", "recordings"],
  ["artist_identities", "id at a provider", "ids at providers"],
  ["venue_identities", "id at a provider", "ids at providers"],
  ["show_identities", "event of a provider", "events of providers"],
];

/** What comes back where a merge is undone, such as "3 shows", what matters most first. */
export function broughtBack(rows: readonly MergedRows[]): string[] {
  return NOUNS.flatMap(([table, one, several]) => {
    const n = rows.filter(({ tableName, what }) => tableName === table && (what === "moved" || what === "dropped")).reduce((sum, row) => sum + row.n, 0);
    return n === 0 ? [] : [`${n} ${n === 1 ? one : several}`];
  });
}
