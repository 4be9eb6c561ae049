import { readdirSync } from "node:fs";
import { createClient, type Client } from "@libsql/client";
import { drizzle } from "drizzle-orm/libsql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Transaction } from "#db/client.ts";
import * as about from "#db/queries/about.ts";
import * as accounts from "#db/queries/accounts.ts";
import * as ballots from "#db/queries/ballots.ts";
import * as catalogue from "#db/queries/catalogue.ts";
import * as demo from "#db/queries/demo.ts";
import * as events from "#db/queries/events.ts";
import * as fraudFacts from "#db/queries/fraud-facts.ts";
import * as integrity from "#db/queries/integrity.ts";
import * as journal from "#db/queries/journal.ts";
import * as pageSources from "#db/queries/page-sources.ts";
import * as quarantine from "#db/queries/quarantine.ts";
import * as showDays from "#db/queries/show-days.ts";
import * as shows from "#db/queries/shows.ts";
import * as trendingShows from "#db/queries/trending-shows.ts";
import * as users from "#db/queries/users.ts";
import * as votes from "#db/queries/votes.ts";
import * as schema from "#db/schema/index.ts";
import { buildShow, type BuiltShow } from "#tests/support/builders.ts";
import { buildFans } from "#tests/support/fans.ts";
import { forecastCalls, forecastModules } from "#tests/support/forecast-query-calls.ts";
import { linkCalls, linkModules } from "#tests/support/link-query-calls.ts";
import { scoreCalls, scoreModules } from "#tests/support/score-query-calls.ts";
import { setlistCalls, setlistModules } from "#tests/support/setlist-query-calls.ts";
import { syncCalls, syncModules } from "#tests/support/sync-query-calls.ts";
import { createTestDatabase, type TestDatabase } from "#tests/support/test-database.ts";

const modules = {
  about,
  accounts,
  ballots,
  catalogue,
  demo,
  events,
  "fraud-facts": fraudFacts,
  integrity,
  journal,
  "page-sources": pageSources,
  quarantine,
  "show-days": showDays,
  shows,
  "trending-shows": trendingShows,
  users,
  votes,
  ...syncModules,
  ...linkModules,
  ...scoreModules,
  ...setlistModules,
  ...forecastModules,
};

/** What a query is called with: a show, its fan, and a vote of theirs. */
interface Scene {
  show: BuiltShow;
  fan: number;
  vote: votes.VoteRow;
}

type Calls = Record<string, (tx: Transaction, scene: Scene) => unknown>;

const days = {
  yesterday: "2026-06-12",
  today: "2026-06-13",
  tomorrow: "2026-06-14",
  byZone: { "Europe/Berlin": "2026-06-13" },
};
const page = { id: 1, localDate: "2026-01-01", totalVotes: 3 };

/** Every exported query, called in each of the shapes that give it other SQL. */
const calls: { [M in keyof typeof modules]: Calls } = {
  about: {
    isForeign: (tx) => about.isForeign(tx),
    sqliteVersion: (tx) => about.sqliteVersion(tx),
    quickCheck: (tx) => about.quickCheck(tx),
    appliedMigrations: (tx) => about.appliedMigrations(tx),
    newestInstant: (tx) => about.newestInstant(tx),
  },
  accounts: {
    listAccounts: async (tx) => {
      await accounts.listAccounts(tx, { after: 0, limit: 5 });
      await accounts.listAccounts(tx, { after: 0, limit: 5, role: "admin" });
    },
    accountByEmail: (tx) => accounts.accountByEmail(tx, "a@example.org"),
    setPasswordHash: (tx) => accounts.setPasswordHash(tx, "a@example.org", "x"),
    listTokensWithOwners: async (tx) => {
      await accounts.listTokensWithOwners(tx, { after: 0, limit: 5 });
      await accounts.listTokensWithOwners(tx, { after: 0, limit: 5, email: "a@example.org" });
    },
    ownerOfToken: (tx) => accounts.ownerOfToken(tx, 1),
  },
  ballots: {
    rankedBallot: (tx, { show }) => ballots.rankedBallot(tx, show.showId),
    votedFor: (tx, { show, fan }) => ballots.votedFor(tx, fan, show.showId),
    readTally: (tx, { show }) => ballots.readTally(tx, show.showId),
    votedShows: async (tx, { fan }) => {
      await ballots.votedShows(tx, fan, { limit: 5 });
      await ballots.votedShows(tx, fan, { after: page, limit: 5 });
    },
    votedSongs: (tx, { show, fan }) => ballots.votedSongs(tx, fan, [show.showId]),
    setlistSongOf: (tx, { show }) => ballots.setlistSongOf(tx, show.showId, show.catalogueSongIds[0]!),
    insertSuggestion: (tx, { show, fan }) =>
      ballots.insertSuggestion(tx, { showId: show.showId, songId: show.catalogueSongIds[0]!, userId: fan }),
  },
  catalogue: {
    artistByKey: async (tx, { show }) => {
      await catalogue.artistByKey(tx, show.artistId);
      await catalogue.artistByKey(tx, show.artistSlug);
    },
    venueByKey: async (tx, { show }) => {
      await catalogue.venueByKey(tx, 1);
      await catalogue.venueByKey(tx, show.venueSlug);
    },
    listArtists: async (tx) => {
      const after = { name: "A", id: 1 };
      for (const genre of [undefined, "Jazz"]) {
        await catalogue.listArtists(tx, { genre, limit: 5 });
        await catalogue.listArtists(tx, { genre, after, folded: "a", limit: 5 });
      }
    },
    artistCounts: (tx, { show }) => catalogue.artistCounts(tx, [show.artistId, 2], "2026-01-01"),
    listGenres: (tx) => catalogue.listGenres(tx),
    songsOfArtist: (tx, { show }) => catalogue.songsOfArtist(tx, show.artistId, 5),
    songById: (tx) => catalogue.songById(tx, 1),
    searchSongs: (tx, { show }) =>
      catalogue.searchSongs(tx, { artistId: show.artistId, folded: "a", showId: show.showId, limit: 5 }),
  },
  demo: {
    insertArtists: (tx) => demo.insertArtists(tx, [{ name: "New", searchName: "new", slug: "new", genre: "Jazz", country: "GB" }]),
    insertVenues: (tx) =>
      demo.insertVenues(tx, [
        { name: "New", slug: "new", city: "X", country: "GB", latitude: 0, longitude: 0, timeZone: "UTC" },
      ]),
    insertSongs: (tx, { show }) =>
      demo.insertSongs(tx, [{ artistId: show.artistId, title: "New", searchTitle: "new", likelihoodRank: 99 }]),
    insertFans: (tx) => demo.insertFans(tx, [{ email: "new@example.org", displayName: "New", createdAt: 0 }]),
    insertShows: (tx, { show }) =>
      demo.insertShows(tx, [{ slug: "new", artistId: show.artistId, venueId: 1, localDate: "2026-01-01" }]),
    insertNights: (tx, { show }) => demo.insertNights(tx, [{ showId: show.showId, main: [1], encore: [2], note: "x", storedAt: 0 }]),
    insertForecast: (tx, { show: { showId } }) => {
      const chance = { showId, songId: 1, played: 0.5, opener: 0.1, closer: 0.1, encore: 0.1, reasons: [] };
      return demo.insertForecast(tx, { showId, kind: "forecast", model: 1, shows: 1, length: 1, madeAt: 0 }, [chance]);
    },
    insertPredictedSetlists: async (tx, { show }) => {
      const [added] = await demo.insertShows(tx, [
        { slug: "newer", artistId: show.artistId, venueId: 1, localDate: "2026-01-01" },
      ]);
      await demo.insertPredictedSetlists(tx, [{ showId: added!.id, closesAt: 0, createdAt: 0 }]);
    },
    insertSetlistSongs: (tx, { show }) =>
      demo.insertSetlistSongs(tx, [{ showId: show.showId, songId: show.catalogueSongIds[1]!, position: 90 }]),
    hasArtists: (tx) => demo.hasArtists(tx),
    deleteDemo: (tx) => demo.deleteDemo(tx, 0),
  },
  events: {
    appendEvents: (tx) => events.appendEvents(tx, 0, [{ kind: "tally.changed", showId: 1, payload: {} }]),
    eventsAfter: (tx) => events.eventsAfter(tx, 0, 5),
    lastEventSeq: (tx) => events.lastEventSeq(tx),
    announceAccess: (tx) => events.announceAccess(tx, 0, 1),
    trimEvents: (tx) => events.trimEvents(tx, 0, 5),
  },
  integrity: {
    findMiscounts: (tx) => integrity.findMiscounts(tx),
    findDamage: (tx) => integrity.findDamage(tx),
    mendCounters: (tx, { show }) =>
      integrity.mendCounters(
        tx,
        [{ counter: "show", of: show.showId, id: show.showId, claimed: 1, counted: 0 }],
        { perShow: 10, perDay: 50 },
      ),
  },
  "fraud-facts": {
    showsToCheck: (tx) => fraudFacts.showsToCheck(tx, 0, 5),
    newestVoters: (tx, { show }) => fraudFacts.newestVoters(tx, show.showId, 1e9, 5),
    agesByNetwork: (tx, { show }) =>
      fraudFacts.agesByNetwork(tx, { showId: show.showId, after: 0, limit: 5, networks: ["x"], youngMs: 5 }),
    publicTally: (tx, { show }) => fraudFacts.publicTally(tx, show.showId),
    markChecked: (tx, { show }) => fraudFacts.markChecked(tx, { showId: show.showId, tallyVersion: 1, checkedAt: 0 }),
    dropNetworks: async (tx, { vote }) => {
      await votes.insertVotes(tx, [vote]);
      await fraudFacts.dropNetworks(tx, { after: { showId: 0, userId: 0 }, before: 5, limit: 5 });
      await fraudFacts.dropNetworks(tx, { after: { showId: 0, userId: 0 }, before: 5, limit: 1 });
    },
  },
  journal: {
    audit: (tx) => journal.audit(tx, { at: 0, action: "a", subject: "show", subjectId: 1, details: {} }),
    auditOf: (tx) => journal.auditOf(tx, "show", 1, 5),
    causeOfLock: (tx) => journal.causeOfLock(tx, 1, 5),
    readSetting: (tx) => journal.readSetting(tx, "demo"),
    writeSetting: (tx) => journal.writeSetting(tx, "demo", "x"),
    deleteSetting: (tx) => journal.deleteSetting(tx, "demo"),
  },
  "page-sources": {
    artistPagesElsewhere: (tx, { show }) => pageSources.artistPagesElsewhere(tx, show.artistId),
    ticketsOf: (tx, { show }) => pageSources.ticketsOf(tx, show.showId),
    billOf: (tx, { show }) => pageSources.billOf(tx, show.showId),
    sourcesOf: (tx, { show }) =>
      pageSources.sourcesOf(tx, { artists: [show.artistId], venues: [1], shows: [show.showId, 2], songsOf: show.artistId }),
    showsWithSetlist: (tx, { show }) => pageSources.showsWithSetlist(tx, [show.showId, 2]),
  },
  quarantine: {
    moveHeldVotes: async (tx, { show, vote }) => {
      await votes.insertVotes(tx, [vote]);
      await quarantine.moveHeldVotes(tx, { showId: show.showId, userIds: [vote.userId], heldAt: 1 });
      await quarantine.moveHeldVotes(tx, { showId: show.showId, userIds: [vote.userId], heldAt: null });
    },
    insertCase: (tx, { show }) => quarantine.insertCase(tx, { showId: show.showId, openedAt: 0, score: 0.5, signals: [] }),
    updateCase: (tx) => quarantine.updateCase(tx, 1, { note: "n" }),
    addFansToCase: async (tx, { show, vote }) => {
      await votes.insertVotes(tx, [vote]);
      const caseId = await quarantine.insertCase(tx, { showId: show.showId, openedAt: 0, score: 0.5, signals: [] });
      await quarantine.addFansToCase(tx, { caseId, showId: show.showId, userIds: [vote.userId] });
    },
    fansInCases: (tx, { show }) => quarantine.fansInCases(tx, show.showId),
    caseById: (tx) => quarantine.caseById(tx, 1),
    listCases: async (tx) => {
      for (const decision of [null, "held"] as const) {
        await quarantine.listCases(tx, { decision, limit: 5 });
        await quarantine.listCases(tx, { decision, before: 9, limit: 5 });
      }
    },
    caseSizes: (tx) => quarantine.caseSizes(tx, [1, 2]),
    fansOfCase: (tx) => quarantine.fansOfCase(tx, 1),
    caseBallots: (tx) => quarantine.caseBallots(tx, 1, 5),
    caseVotes: (tx, { show }) => quarantine.caseVotes(tx, { showId: show.showId, caseId: 1 }),
  },
  "show-days": {
    zonesBetween: async (tx, { show }) => {
      for (const of of [undefined, { artistId: show.artistId }, { venueId: 1 }]) {
        await showDays.zonesBetween(tx, days.yesterday, days.tomorrow, of);
      }
    },
    showsTonight: (tx) => showDays.showsTonight(tx, days, 5),
    showsAfterTonight: (tx) => showDays.showsAfterTonight(tx, days, "2026-06-20", 5),
    showsToCome: async (tx, { show }) => {
      await showDays.showsToCome(tx, { artistId: show.artistId }, days, 5);
      await showDays.showsToCome(tx, { venueId: 1 }, days, 5);
    },
    showsOver: async (tx, { show }) => {
      for (const after of [undefined, page]) {
        await showDays.showsOver(tx, { artistId: show.artistId }, days, 5, after);
        await showDays.showsOver(tx, { venueId: 1 }, days, 5, after);
      }
    },
  },
  shows: {
    showDetails: async (tx, { show }) => {
      await shows.showDetails(tx, show.showId);
      await shows.showDetails(tx, show.slug);
    },
    showId: async (tx, { show }) => {
      await shows.showId(tx, show.showId);
      await shows.showId(tx, show.slug);
    },
    isRemoved: (tx) => shows.isRemoved(tx, "show", "gone"),
    showsByIds: (tx, { show }) => shows.showsByIds(tx, [show.showId, 2]),
    mostVotedShows: (tx) => shows.mostVotedShows(tx, "2026-12-31", 5),
    listShows: async (tx, { show }) => {
      const bounds = [{}, { from: "2026-01-01" }, { from: "2026-01-01", to: "2026-12-31" }];
      for (const sort of ["date", "votes"] as const) {
        for (const bound of bounds) {
          for (const artistId of [undefined, show.artistId]) {
            await shows.listShows(tx, { ...bound, artistId, sort, limit: 5 });
            await shows.listShows(tx, { ...bound, artistId, sort, after: page, limit: 5 });
          }
        }
      }
    },
    unfinishedShows: (tx) => shows.unfinishedShows(tx, "2026-12-31"),
    setShowStatus: (tx, { show }) => shows.setShowStatus(tx, show.showId, "ongoing"),
    setBallotWindow: (tx, { show }) => shows.setBallotWindow(tx, show.showId, { lockedAt: 1 }),
  },
  "trending-shows": {
    fastestShows: (tx) => trendingShows.fastestShows(tx, 0, 5),
    trendsOf: (tx, { show }) => trendingShows.trendsOf(tx, [show.showId, 2]),
  },
  users: {
    accountById: (tx, { fan }) => users.accountById(tx, fan),
    credentialsOf: (tx) => users.credentialsOf(tx, "a@example.org"),
    insertUser: (tx) =>
      users.insertUser(tx, { email: "b@example.org", displayName: "B", passwordHash: "x", createdAt: 0 }),
    setRole: async (tx, { fan }) => {
      await users.setRole(tx, { id: fan }, "user");
      await users.setRole(tx, { email: "b@example.org" }, "user");
    },
    insertSession: (tx, { fan }) => users.insertSession(tx, { idHash: "h", userId: fan, createdAt: 0, expiresAt: 1 }),
    sessionByHash: (tx) => users.sessionByHash(tx, "h"),
    extendSession: (tx) => users.extendSession(tx, "h", 2),
    deleteSession: (tx) => users.deleteSession(tx, "h"),
    deleteSessionsOf: (tx, { fan }) => users.deleteSessionsOf(tx, fan),
    deleteSessionsBefore: (tx) => users.deleteSessionsBefore(tx, 5),
    insertToken: (tx, { fan }) =>
      users.insertToken(tx, { userId: fan, name: "t", tokenHash: "t", prefix: "t", createdAt: 0 }),
    tokenByHash: (tx) => users.tokenByHash(tx, "t"),
    tokensOf: (tx, { fan }) => users.tokensOf(tx, fan),
    countTokens: (tx, { fan }) => users.countTokens(tx, fan),
    touchToken: (tx) => users.touchToken(tx, 1, 5),
    deleteToken: (tx, { fan }) => users.deleteToken(tx, fan, 1),
  },
  votes: {
    voteFacts: (tx, { vote }) => votes.voteFacts(tx, [vote, vote]),
    insertVotes: (tx, { vote }) => votes.insertVotes(tx, [vote]),
    deleteVotes: async (tx, { vote }) => {
      await votes.insertVotes(tx, [vote]);
      await votes.deleteVotes(tx, [vote]);
    },
    trimDayAllowances: (tx) => votes.trimDayAllowances(tx, 0, 5),
    usedAllowance: (tx, { vote }) => votes.usedAllowance(tx, vote),
  },
  ...syncCalls,
  ...linkCalls,
  ...scoreCalls,
  ...setlistCalls,
  ...forecastCalls,
};

/** Names in a plan that are read whole and hold only what the call itself brought. */
const ownInput = /^(json_each|moved|input|taken|fan|\d+-ROW VALUES CLAUSE|(?:\d+ )?CONSTANT ROWS?|\(subquery-\d+\))$/;

/** Tables that a query may read whole, and why. */
const wholeTables: Record<string, { tables: string[]; why: string }> = {
  "about.isForeign": { tables: ["sqlite_schema"], why: "some dozens of names" },
  "about.appliedMigrations": { tables: ["__drizzle_migrations", "sqlite_schema"], why: "a row for each migration there has been" },
  "about.newestInstant": { tables: ["events", "users"], why: "the last row of each by the key" },
  "catalogue.listArtists": { tables: ["artists"], why: "walks the index of names and stops at the page's end; LIKE has no index" },
  "demo.hasArtists": { tables: ["artists"], why: "stops at the first row" },
  "demo.deleteDemo": {
    tables: ["shows", "songs", "artists", "venues", "day_allowances", "jobs"],
    why: "one operator command that touches every demo row; an index on the mark would cost each write",
  },
  "integrity.findMiscounts": {
    tables: ["ballots", "found", "shows", "song", "show", "tally", "used", "votes"],
    why: "an operator's verification, which counts all votes again",
  },
  "integrity.findDamage": { tables: ["pragma_foreign_key_check"], why: "checks the whole file by its nature" },
  "fraud-facts.agesByNetwork": { tables: ["a"], why: "the slice itself: its rows come by the key, bounded by a LIMIT" },
  "events.lastEventSeq": { tables: ["events"], why: "the last row by the key, one step" },
  "job-states.countJobs": { tables: ["jobs"], why: "the operator's command line, over the index of states; old jobs are trimmed" },
  "job-states.catalogueSizes": { tables: ["artists", "songs", "shows", "actual_setlists"], why: "the operator's command line, before and after a sync" },
  "jobs.lastRuns": { tables: ["job_runs"], why: "an operator's page, over the index of names; old runs are trimmed" },
  "merge-lists.mergesInList": { tables: ["merges"], why: "from the last row by the key, and stops at the page's end" },
  "merge-lists.searchVenues": { tables: ["venues"], why: "LIKE has no index; moderators alone ask, now and then" },
  "merges.listMerges": { tables: ["merges"], why: "from the last row by the key, and stops at the page's end" },
  "provider-traffic.trimDays": { tables: ["provider_days"], why: "a row for each provider and each day that is kept" },
  "link-files.becameOf": { tables: ["c", "n"], why: "the ids that a file names, and those that have become others" },
  "link-files.staleLinkFile": { tables: ["link_files"], why: "the files that are on their way in just now" },
  "leaderboards.boardArtists": { tables: ["listed"], why: "the artists found so far, each by one step of an index" },
  "leaderboards.boardNames": { tables: ["named"], why: "the names found so far, each by one step of an index" },
  "standings.fansOfDemoShows": { tables: ["s"], why: "one operator command that touches every demo row; an index on the mark would cost each write" },
  "standings.putStandings": { tables: ["own", "summed"], why: "the scores of the fans that were given, and their sums" },
  "standings.wrongStandings": { tables: ["meant", "own", "said", "summed"], why: "the scores and standings of the fans that were given" },
  "events.trimEvents": { tables: ["events"], why: "from the oldest row by the key, bounded by a LIMIT" },
};

let database: TestDatabase;
let client: Client;
let scene: Scene;

beforeAll(async () => {
  database = await createTestDatabase();
  const show = await buildShow(database);
  const [fan] = await buildFans(database, 1);
  const vote = { userId: fan!, setlistSongId: show.setlistSongIds[0]!, showId: show.showId, day: 1, castAt: 0 };
  scene = { show, fan: fan!, vote };
  client = createClient({ url: database.url, concurrency: 1 });
});

afterAll(async () => {
  client.close();
  await database[Symbol.asyncDispose]();
});

interface Statement {
  sql: string;
  params: unknown[];
}

/** The statements of a call, which is rolled back. */
async function statementsOf(run: Calls[string]): Promise<Statement[]> {
  const statements: Statement[] = [];
  const logger = { logQuery: (sql: string, params: unknown[]) => void statements.push({ sql, params }) };
  const undo = new Error("undo");
  await drizzle(client, { schema, logger })
    .transaction(async (tx) => {
      await run(tx, scene);
      throw undo;
    })
    .catch((error: unknown) => {
      if (error !== undo) throw error;
    });
  return statements.filter(({ sql }) => !/^(begin|rollback|commit)/i.test(sql));
}

/** The steps of a statement's plan, such as "SEARCH votes USING PRIMARY KEY (show_id=?)". */
async function planOf({ sql, params }: Statement): Promise<string[]> {
  const { rows } = await client.execute({ sql: `EXPLAIN QUERY PLAN ${sql}`, args: params as string[] });
  return rows.map((row) => row["detail"] as string);
}

/** The table, alias or other source that a step reads from its first row to its last. */
function readWhole(step: string): string[] {
  const name = /^SCAN (?:TABLE )?(\(subquery-\d+\)|\d+-ROW VALUES CLAUSE|(?:\d+ )?CONSTANT ROWS?|\S+)/.exec(step)?.[1];
  return name === undefined || ownInput.test(name) ? [] : [name];
}

const queries = Object.entries(modules).flatMap(([module, exported]) =>
  Object.entries(exported)
    .filter(([, value]) => typeof value === "function")
    .map(([name]) => [`${module}.${name}`, calls[module as keyof typeof calls][name]] as const),
);

/** What reads whole tables by its nature: exports, and the copying and checking of the file. */
const whole = ["dump", "whole-file"];

test("every module of queries is looked at", () => {
  const names = [...Object.keys(modules), ...whole].map((name) => `${name}.ts`);
  expect(names.sort()).toEqual(readdirSync("db/queries").sort());
});

describe("every query finds its rows by a key or an index", () => {
  test.each(queries)("%s", async (name, run) => {
    expect(run, "a new query needs a call above").toBeTypeOf("function");
    const statements = await statementsOf(run!);
    expect(statements.length, "the call reaches the database").toBeGreaterThan(0);
    const seen = new Set<string>();
    for (const statement of statements) {
      const plan = await planOf(statement);
      const whole = plan.flatMap(readWhole);
      for (const table of whole) seen.add(table);
      const unexpected = whole.filter((table) => !wholeTables[name]?.tables.includes(table));
      expect(unexpected, `${statement.sql}\n${plan.join("\n")}`).toEqual([]);
    }
    expect([...seen].sort(), "no exception is left that nothing needs").toEqual([...(wholeTables[name]?.tables ?? [])].sort());
  });

  test("and the check notices one that does not", async () => {
    const whole = async (sql: string) => (await planOf({ sql, params: [] })).flatMap(readWhole);
    expect(await whole("SELECT * FROM votes v WHERE user_id = 1")).toEqual(["v"]);
    expect(await whole("SELECT count(*) FROM shows WHERE total_votes > 1")).toEqual(["shows"]);
    expect(await whole("SELECT slug FROM shows")).toEqual(["shows"]);
    expect(await whole("SELECT 1 FROM votes WHERE show_id = 1 AND user_id = 1")).toEqual([]);
  });
});

describe("a row that goes finds the rows that refer to it by an index", () => {
  /** Foreign keys that an index covers only in part, and why that is enough. */
  const partly: Record<string, string> = {
    "votes (show_id, setlist_song_id)":
      "found by the show, then compared: an index of its own would double each vote's writes, and songs rarely leave a ballot",
  };

  interface ForeignKey {
    child: string;
    columns: string[];
  }

  async function foreignKeys(): Promise<ForeignKey[]> {
    const rows = await database.rows(`
      SELECT t.name AS child, f.id, f."from" AS col FROM sqlite_schema t, pragma_foreign_key_list(t.name) f
      WHERE t.type = 'table' ORDER BY t.name, f.id, f.seq`);
    const groups = Map.groupBy(rows, (row) => `${String(row["child"])} ${String(row["id"])}`);
    return [...groups.values()].map((group) => ({
      child: String(group[0]!["child"]),
      columns: group.map((row) => String(row["col"])),
    }));
  }

  test("with every foreign key", async () => {
    const keys = await foreignKeys();
    expect(keys.length).toBeGreaterThanOrEqual(14);
    const found: string[] = [];
    for (const { child, columns } of keys) {
      const name = `${child} (${columns.join(", ")})`;
      const sql = `SELECT 1 FROM ${child} WHERE ${columns.map((column) => `${column} = ?`).join(" AND ")}`;
      const plan = await planOf({ sql, params: columns.map(() => 1) });
      expect(plan.flatMap(readWhole), name).toEqual([]);
      if (columns.some((column) => !plan[0]!.includes(`${column}=?`) && !plan[0]!.includes("rowid=?"))) found.push(name);
    }
    expect(found).toEqual(Object.keys(partly));
  });
});
