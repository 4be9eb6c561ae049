import { sql } from "drizzle-orm";
import type { Page } from "playwright";
import { cameIn } from "./browser-came-in.ts";
import { studied } from "./browser-forecast.ts";
import { buildShow, type BuiltShow, type ShowSpec } from "./builders.ts";
import { expect } from "./browser.ts";
import { ShowView } from "./browser-show.ts";
import type { TestFan, TestServer } from "./test-server.ts";

/** What a visitor finds: who they are, where they go, and what they do there. */
export interface State {
  path: string;
  as?: TestFan;
  /** The status of the answer; 200 unless said. */
  status?: number;
  act?(page: Page): Promise<void>;
}

/** Makes a state on a server, with the data it needs. */
export type MakeState = (server: TestServer) => Promise<State>;

async function vote({ client }: TestFan, setlistSongIds: number[]): Promise<void> {
  if (setlistSongIds.length > 0) await client.votes.castMany.mutate({ setlistSongIds });
}

async function showWithVotes(server: TestServer, spec: ShowSpec = {}): Promise<BuiltShow & { fan: TestFan }> {
  const show = await buildShow(server.database, { ...spec, status: "upcoming", locked: false });
  for (const votes of [1, 3, 5]) {
    await vote(await server.fan(), show.setlistSongIds.slice(0, votes));
  }
  const fan = await server.fan("Robin");
  await vote(fan, show.setlistSongIds.slice(1, 4));
  const { status = "upcoming", locked = false } = spec;
  await server.database.change(async (tx) => {
    await tx.run(sql`UPDATE shows SET status = ${status} WHERE id = ${show.showId}`);
    if (locked) await tx.run(sql`UPDATE predicted_setlists SET locked_at = 1 WHERE show_id = ${show.showId}`);
  });
  return { ...show, fan };
}

/** A show page in one state, for a fan who has voted or for an anonymous visitor. */
function show(spec: ShowSpec, signedIn = true): MakeState {
  return async (server) => {
    const { slug, fan } = await showWithVotes(server, spec);
    return { path: `/shows/${slug}`, as: signedIn ? fan : undefined };
  };
}

const shows: Record<string, MakeState> = {
  "show, open, anonymous": show({ tour: "The World Tour" }, false),
  "show, open, with own votes": show({}),
  "show, locked": show({ locked: true }),
  "show, closed": show({ localDate: "2026-06-13", startTime: "12:00" }, false),
  "show, on stage": show({ localDate: "2026-06-13", startTime: "13:00", status: "ongoing" }),
  "show, played": show({ localDate: "2026-06-10", status: "completed" }, false),
  "show, cancelled": show({ status: "cancelled" }),
  "show, postponed": show({ status: "postponed" }),
  "show, little known": show({ bare: true }),
  "show, no start announced": show({ startTime: null }, false),
  "show, empty ballot": show({ ballot: [] }),
  "show, empty ballot, over": show({ ballot: [], localDate: "2026-06-10", status: "completed" }, false),
  "show, for an admin": async (server) => {
    const { slug } = await showWithVotes(server);
    const act = async (page: Page) => {
      await page.locator("summary", { hasText: "Admin" }).click();
      await expect(page.getByRole("button", { name: "Lock voting" })).toBeVisible();
    };
    return { path: `/shows/${slug}`, as: await server.fan("Ada", "admin"), act };
  },
  "show, a vote refused": async (server) => {
    const { slug, setlistSongIds } = await showWithVotes(server);
    const fan = await server.fan();
    await fan.client.votes.castMany.mutate({ setlistSongIds: setlistSongIds.slice(0, 10) });
    const act = async (page: Page) => {
      const view = new ShowView(page, slug);
      await expect(view.live).toBeVisible();
      await view.button("Song 12").click();
      await expect(view.toast).toBeVisible();
    };
    return { path: `/shows/${slug}`, as: fan, act };
  },
  "show, songs found": async (server) => {
    const { slug, fan } = await showWithVotes(server);
    return { path: `/shows/${slug}?add=r`, as: fan };
  },
  "show, nothing found": async (server) => {
    const { slug } = await showWithVotes(server);
    return { path: `/shows/${slug}?add=zzz` };
  },
};

const lists: Record<string, MakeState> = {
  home: async (server) => {
    await showWithVotes(server, { localDate: "2026-06-13" });
    return { path: "/" };
  },
  "home, signed in": async (server) => ({ path: "/", as: await server.fan() }),
  shows: async (server) => {
    await showWithVotes(server, { status: "cancelled" });
    return { path: "/shows" };
  },
  "shows, by votes": async () => ({ path: "/shows?sort=votes&from=2026-06-01" }),
  "shows, none": async () => ({ path: "/shows?from=2031-01-01" }),
  artists: async () => ({ path: "/artists" }),
  "artists, none": async () => ({ path: "/artists?query=nobody" }),
  artist: async (server) => ({ path: `/artists/${(await showWithVotes(server)).artistSlug}` }),
  "artist, little known": async (server) => ({ path: `/artists/${(await showWithVotes(server, { bare: true })).artistSlug}` }),
  "venue, little known": async (server) => ({ path: `/venues/${(await showWithVotes(server, { bare: true })).venueSlug}` }),
  venue: async (server) => ({ path: `/venues/${(await showWithVotes(server)).venueSlug}` }),
};

async function submit(page: Page, button: string): Promise<void> {
  await page.locator("main form").evaluateAll((forms: HTMLFormElement[]) => {
    for (const form of forms) form.noValidate = true;
  });
  await page.getByRole("main").getByRole("button", { name: button, exact: true }).click();
}

const accounts: Record<string, MakeState> = {
  "sign-up": async () => ({ path: "/sign-up" }),
  "sign-up, refused": async () => ({
    path: "/sign-up",
    async act(page) {
      await submit(page, "Sign up");
      await expect(page.locator("[aria-invalid=true]").first()).toBeVisible();
    },
  }),
  "sign-in": async () => ({ path: "/sign-in" }),
  "sign-in, refused": async () => ({
    path: "/sign-in",
    async act(page) {
      await page.getByLabel("E-mail").fill("nobody@example.org");
      await page.getByLabel("Password").fill("not the right one");
      await submit(page, "Sign in");
      await expect(page.getByRole("alert")).toBeVisible();
    },
  }),
  "account, empty": async (server) => ({ path: "/account", as: await server.fan() }),
  "account, with votes and a new token": async (server) => ({
    path: "/account",
    as: (await showWithVotes(server)).fan,
    async act(page) {
      await page.getByLabel("Name of a new token").fill("my script");
      await submit(page, "Create");
      await expect(page.getByText("“my script” is ready")).toBeVisible();
    },
  }),
  setup: async (server) => ({ path: "/setup", as: await server.fan() }),
  "setup, refused": async (server) => ({
    path: "/setup?token=wrong",
    as: await server.fan(),
    async act(page) {
      await submit(page, "Become admin");
      await expect(page.getByRole("alert")).toBeVisible();
    },
  }),
};

/** Breaks a show so that its data cannot be read: it starts in a year that no calendar has. */
export async function breakShow(server: TestServer, { showId }: BuiltShow): Promise<void> {
  await server.database.change((tx) => tx.run(sql`UPDATE shows SET starts_at = 9e15 WHERE id = ${showId}`));
}

/** A show that was removed with the demo data. */
export async function buildRemovedShow(server: TestServer): Promise<{ slug: string }> {
  const slug = "a-removed-show";
  await server.database.change((tx) =>
    tx.run(sql`INSERT OR IGNORE INTO removed_pages (kind, slug, removed_at) VALUES ('show', ${slug}, 0)`),
  );
  return { slug };
}

const errors: Record<string, MakeState> = {
  "not found": async () => ({ path: "/no/such/page", status: 404 }),
  "no such show": async () => ({ path: "/shows/no-such-show", status: 404 }),
  gone: async (server) => ({ path: `/shows/${(await buildRemovedShow(server)).slug}`, status: 410 }),
  "unreadable address": async () => ({ path: "/shows?from=tomorrow", status: 400 }),
};

/** Every page in every state that a visitor can bring it into, but for the errors on our side. */
export const states: Record<string, MakeState> = { ...lists, ...shows, ...cameIn, ...studied, ...accounts, ...errors };

/** Song titles that have broken pages before, here or elsewhere. */
export const oddTitles = {
  markup: "<img src=x onerror=alert(1)>",
  script: "</script><script>globalThis.owned=true</script>",
  quotes: `"Heroes" & 'Zeroes' \\ \`\${1+1}\``,
  hebrew: "שיר השירים (live) 2",
  arabic: "أغنية طويلة عن الحب",
  emoji: "🏳️‍🌈👩‍👩‍👧‍👦 Party 🎉",
  combining: "Z̸̧̛a̷͇l̴͉g̵̨o̸",
  long: "Loooong ".repeat(38).trim().slice(0, 300),
  unbroken: "W".repeat(300),
};
