import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createTheSetClient, type TheSetClient } from "#server/client.ts";
import { buildShow, type BuiltShow } from "#tests/support/builders.ts";
import { eventsSince, lastSeq } from "#tests/support/outbox.ts";
import { refusalOf } from "#tests/support/refusals.ts";
import { startTestServer, type TestFan, type TestServer } from "#tests/support/test-server.ts";

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
beforeEach(() => server.clock.set("2026-06-13T12:00:00Z"));
afterAll(() => server[Symbol.asyncDispose]());

/** A show tomorrow and a fan who has not done anything yet. */
interface World {
  show: BuiltShow;
  fan: TestFan;
  /** The fan's client. */
  client: TheSetClient;
  /** The first two songs of the ballot. */
  songs: [number, number];
}

interface Scenario {
  call: string;
  act: (world: World) => Promise<unknown>;
  answers: (world: World) => unknown;
  /** Kinds of the events that the call leaves in the outbox. */
  leaves?: string[];
}

const anyId = expect.any(Number) as number;
const dayResetsAt = "2026-06-14T00:00:00.000Z";
const fresh = { show: 10, day: 50, additions: 5, dayResetsAt };
const open = { open: true, closesAt: "2026-06-14T18:00:00.000Z", reason: null };

function artistOf({ show }: World) {
  return { id: show.artistId, slug: show.artistSlug, name: expect.any(String) as string, genre: "Indie rock", country: "GB" };
}

function venueOf({ show }: World) {
  return { id: anyId, slug: show.venueSlug, name: expect.any(String) as string, city: "Berlin", country: "DE", timeZone: "Europe/Berlin" };
}

function inFull(world: World) {
  return { ...venueOf(world), region: null, latitude: 52.5, longitude: 13.4, capacity: 1_500 };
}

function summaryOf(world: World, totalVotes = 0) {
  const { showId: id, slug } = world.show;
  const when = { localDate: "2026-06-14", startsAt: "2026-06-14T18:00:00.000Z" };
  return { id, slug, ...when, status: "upcoming", tour: null, artist: artistOf(world), venue: venueOf(world), totalVotes, voting: open };
}

const scenarios: Scenario[] = [
  {
    call: "shows.get for a visitor",
    act: ({ show }) => server.client.shows.get.query({ show: show.showId }),
    answers: (world) => {
      const { artist, venue, totalVotes, voting, ...show } = summaryOf(world);
      expect(venue.city).toBe("Berlin");
      const ballot = world.show.setlistSongIds.map((setlistSongId, i) => ({
        setlistSongId,
        song: { id: anyId, title: `Song ${i + 1}` },
        votes: 0,
        share: 0,
        mine: false,
        position: i + 1,
        suggested: false,
        forecast: null,
        confidence: null,
        reasons: "",
        trend: 1,
      }));
      const tally = { ballot, totalVotes, fans: 0, tallyVersion: 0, voting, allowance: null, calls: null, held: false };
      return { show, artist, venue: inFull(world), ...tally, alsoOnBill: [], tickets: [], setlists: [], sources: [] };
    },
  },
  {
    call: "shows.get for a fan",
    act: ({ client, show }) => client.shows.get.query({ show: show.slug }),
    answers: () => expect.objectContaining({ allowance: fresh }) as unknown,
  },
  {
    call: "shows.list of an artist",
    act: ({ client, show }) => client.shows.list.query({ artist: show.artistSlug }),
    answers: (world) => ({ items: [summaryOf(world)], nextCursor: null }),
  },
  {
    call: "votes.cast",
    act: ({ client, songs: [song] }) => client.votes.cast.mutate({ setlistSongId: song }),
    answers: () => ({ verdict: "counted", votes: 1, tallyVersion: 1, allowance: { ...fresh, show: 9, day: 49 } }),
    leaves: ["tally.changed"],
  },
  {
    call: "votes.retract",
    act: async ({ client, songs: [song] }) => {
      await client.votes.cast.mutate({ setlistSongId: song });
      return client.votes.retract.mutate({ setlistSongId: song });
    },
    answers: () => ({ verdict: "retracted", votes: 0, tallyVersion: 2, allowance: { ...fresh, day: 49 } }),
    leaves: ["tally.changed", "tally.changed"],
  },
  {
    call: "votes.castMany",
    act: ({ client, songs }) => client.votes.castMany.mutate({ setlistSongIds: songs }),
    answers: ({ songs }) => ({
      results: songs.map((setlistSongId) => ({
        setlistSongId,
        verdict: "counted",
        votes: 1,
        tallyVersion: 1,
        allowance: { ...fresh, show: 8, day: 48 },
      })),
    }),
    leaves: ["tally.changed"],
  },
  {
    call: "votes.mine",
    act: async ({ client, songs }) => {
      await client.votes.castMany.mutate({ setlistSongIds: songs });
      return client.votes.mine.query();
    },
    answers: (world) => ({
      items: [
        {
          show: summaryOf(world, 2),
          songs: world.songs.map((setlistSongId, i) => ({ setlistSongId, title: `Song ${i + 1}`, votes: 1 })),
        },
      ],
      nextCursor: null,
    }),
    leaves: ["tally.changed"],
  },
  {
    call: "setlists.suggest",
    act: ({ client, show }) => client.setlists.suggest.mutate({ show: show.showId, songId: show.catalogueSongIds[0]! }),
    answers: () => ({ setlistSongId: anyId, tallyVersion: 1, allowance: { ...fresh, additions: 4 } }),
    leaves: ["ballot.changed"],
  },
  {
    call: "songs.search",
    act: ({ client, show }) => client.songs.search.query({ artist: show.artistSlug, query: "rarity", show: show.slug }),
    answers: ({ show }) => ({
      items: show.catalogueSongIds.map((id, i) => ({ id, title: `Rarity ${i + 1}`, setlistSongId: null })),
    }),
  },
  {
    call: "songs.search for a song on the ballot",
    act: ({ client, show }) => client.songs.search.query({ artist: show.artistId, query: "song 12", show: show.showId }),
    answers: ({ show }) => ({ items: [{ id: anyId, title: "Song 12", setlistSongId: show.setlistSongIds[11] }] }),
  },
  {
    call: "artists.get",
    act: ({ client, show }) => client.artists.get.query({ artist: show.artistId }),
    answers: (world) => ({
      artist: { ...artistOf(world), disambiguation: null },
      upcoming: [summaryOf(world)],
      past: [],
      pastCursor: null,
      songs: expect.arrayContaining([{ id: anyId, title: "Rarity 3" }]) as unknown,
      links: [],
      sources: [],
    }),
  },
  {
    call: "venues.get",
    act: ({ client, show }) => client.venues.get.query({ venue: show.venueSlug }),
    answers: (world) => ({ venue: inFull(world), upcoming: [summaryOf(world)], past: [], pastCursor: null, sources: [] }),
  },
  {
    call: "auth.me",
    act: ({ client }) => client.auth.me.query(),
    answers: ({ fan: { id, email } }) => ({
      id,
      email,
      displayName: expect.any(String) as string,
      role: "user",
      createdAt: "2026-06-13T12:00:00.000Z",
    }),
  },
  { call: "auth.me for a visitor", act: () => server.client.auth.me.query(), answers: () => null },
  {
    call: "tokens.create",
    act: ({ client }) => client.tokens.create.mutate({ name: "My script" }),
    answers: () => ({ id: anyId, name: "My script", token: expect.stringMatching(/^ths_[\w-]{43}$/) as string }),
  },
  {
    call: "tokens.list",
    act: ({ client }) => client.tokens.list.query(),
    answers: ({ fan }) => ({
      items: [
        {
          id: anyId,
          name: "test",
          prefix: fan.token.slice(0, 10),
          createdAt: "2026-06-13T12:00:00.000Z",
          lastUsedAt: expect.toBeOneOf([null, "2026-06-13T12:00:00.000Z"]) as unknown,
        },
      ],
    }),
  },
  {
    call: "tokens.revoke",
    act: async ({ client }) => client.tokens.revoke.mutate({ id: (await client.tokens.create.mutate({ name: "Old" })).id }),
    answers: () => ({ ok: true }),
    leaves: ["access.changed"],
  },
  { call: "site.status", act: () => server.client.site.status.query(), answers: () => ({ demo: false }) },
];

test.each(scenarios)("$call", async ({ act, answers, leaves = [] }) => {
  const show = await buildShow(server.database);
  const fan = await server.fan();
  const world: World = { show, fan, client: fan.client, songs: [show.setlistSongIds[0]!, show.setlistSongIds[1]!] };
  const before = await lastSeq(server.database);
  expect(await act(world)).toEqual(answers(world));
  const events = await eventsSince(server.database, before);
  expect(events.map((event) => [event.kind, event.show])).toEqual(
    leaves.map((kind) => [kind, kind === "access.changed" ? null : show.showId]),
  );
});

interface RefusalScenario {
  reason: string;
  status: number;
  message: string;
  act: (world: World) => Promise<unknown>;
}

async function useUpShow({ client, show }: World): Promise<void> {
  await client.votes.castMany.mutate({ setlistSongIds: show.setlistSongIds.slice(0, 10) });
}

const refusals: RefusalScenario[] = [
  {
    reason: "already_voted",
    status: 409,
    message: "You have already voted for this song.",
    act: async ({ client, songs: [song] }) => {
      await client.votes.cast.mutate({ setlistSongId: song });
      return client.votes.cast.mutate({ setlistSongId: song });
    },
  },
  {
    reason: "show_limit",
    status: 409,
    message: "You have used your 10 votes for this show. Take one back to vote for another.",
    act: async (world) => {
      await useUpShow(world);
      return world.client.votes.cast.mutate({ setlistSongId: world.show.setlistSongIds[10]! });
    },
  },
  {
    reason: "day_limit",
    status: 409,
    message: "You have used your 50 votes for today. They come back at midnight UTC.",
    act: async (world) => {
      for (let i = 0; i < 5; i += 1) await useUpShow({ ...world, show: await buildShow(server.database) });
      return world.client.votes.cast.mutate({ setlistSongId: world.songs[0] });
    },
  },
  {
    reason: "voting_closed",
    status: 409,
    message: "Voting for this show is closed.",
    act: ({ client, songs: [song] }) => {
      server.clock.set("2026-06-14T18:00:00Z");
      return client.votes.cast.mutate({ setlistSongId: song });
    },
  },
  {
    reason: "not_found",
    status: 404,
    message: "This song is not on the ballot.",
    act: ({ client }) => client.votes.cast.mutate({ setlistSongId: 999_999_999 }),
  },
  {
    reason: "not_found",
    status: 404,
    message: "This song is not on the ballot.",
    act: ({ client }) => client.votes.retract.mutate({ setlistSongId: Number.MAX_SAFE_INTEGER }),
  },
  {
    reason: "not_voted",
    status: 409,
    message: "You have not voted for this song.",
    act: ({ client, songs: [song] }) => client.votes.retract.mutate({ setlistSongId: song }),
  },
];

test.each(refusals)("a vote is refused with $reason", async ({ reason, status, message, act }) => {
  const show = await buildShow(server.database);
  const fan = await server.fan();
  const world: World = { show, fan, client: fan.client, songs: [show.setlistSongIds[0]!, show.setlistSongIds[1]!] };
  expect(await refusalOf(act(world))).toEqual({ status, reason, message });
});

const forFans: [string, (client: TheSetClient) => Promise<unknown>][] = [
  ["votes.cast", (client) => client.votes.cast.mutate({ setlistSongId: 1 })],
  ["votes.castMany", (client) => client.votes.castMany.mutate({ setlistSongIds: [1] })],
  ["votes.retract", (client) => client.votes.retract.mutate({ setlistSongId: 1 })],
  ["votes.mine", (client) => client.votes.mine.query()],
  ["setlists.suggest", (client) => client.setlists.suggest.mutate({ show: 1, songId: 1 })],
  ["tokens.create", (client) => client.tokens.create.mutate({ name: "x" })],
  ["tokens.list", (client) => client.tokens.list.query()],
  ["tokens.revoke", (client) => client.tokens.revoke.mutate({ id: 1 })],
  ["auth.claimSetup", (client) => client.auth.claimSetup.mutate({ token: "x" })],
  ["shows.lockVoting", (client) => client.shows.lockVoting.mutate({ show: 1 })],
];

test.each(forFans)("%s asks a visitor to sign in", async (_name, act) => {
  const visitor = createTheSetClient({ url: server.url });
  expect(await refusalOf(act(visitor))).toEqual({ status: 401, reason: "unauthenticated", message: "Sign in first." });
});

const nowhere: [string, string, (client: TheSetClient) => Promise<unknown>][] = [
  ["shows.get", "show", (client) => client.shows.get.query({ show: "no-such-show" })],
  ["shows.get", "show", (client) => client.shows.get.query({ show: 999_999_999 })],
  ["shows.list", "artist", (client) => client.shows.list.query({ artist: "nobody" })],
  ["artists.get", "artist", (client) => client.artists.get.query({ artist: "nobody" })],
  ["venues.get", "venue", (client) => client.venues.get.query({ venue: 999_999_999 })],
  ["songs.search", "artist", (client) => client.songs.search.query({ artist: "nobody", query: "a" })],
];

test.each(nowhere)("%s says that there is no such %s", async (_name, noun, act) => {
  expect(await refusalOf(act(server.client))).toEqual({ status: 404, reason: "not_found", message: `There is no such ${noun}.` });
});
