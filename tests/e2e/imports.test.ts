import { describe } from "vitest";
import { queued } from "#jobs/definitions.ts";
import { expect, scriptsRun, test, visit } from "#tests/support/browser.ts";
import { expectAccessible, expectOriented } from "#tests/support/browser-accessibility.ts";
import { startImportStage } from "#tests/support/import-stage.ts";
import type { TestFan, TestServer } from "#tests/support/test-server.ts";

const few = { recordings: 6, albums: 1, upcomingShows: 1, pastShows: 2 };

async function ask({ client }: TestFan, name: string): Promise<number> {
  const answer = await client.imports.request.mutate({ name });
  return (answer as { importId: number }).importId;
}

/** Takes up what waits, and lets one import get as far as some of its songs. */
async function halfWay({ write, database }: TestServer, importId: number): Promise<void> {
  const taken = await write("claimJobs", { lanes: [{ lane: "asked", names: ["import-artist"], limit: 100 }], owner: "a test", leaseMs: 60_000, gone: [] });
  const [row] = await database.rows("SELECT job_id AS jobId FROM imports WHERE id = ?", importId);
  const job = taken.find(({ id }) => id === row?.["jobId"]);
  const held = { jobId: job!.id, claim: job!.claim, cursor: {} };
  await write("saveJobStep", { step: { ...held, progress: { phase: "songs", came: { list: "songs", read: 1_200, more: 4_800 } } } });
}

/** A job that nobody tries any more. */
async function failJob({ write, clock }: TestServer): Promise<void> {
  await write("enqueueJobs", [{ ...queued("sync-shows", "", {}), runAt: clock.now() }]);
  const [job] = await write("claimJobs", { lanes: [{ lane: "upkeep", names: ["sync-shows"], limit: 1 }], owner: "a test", leaseMs: 60_000, gone: [] });
  const run = { jobId: job!.id, claim: job!.claim, name: job!.name, startedAt: clock.now(), durationMs: 1_234, peakBytes: 90_000_000 };
  await write("endRun", { run, end: { result: "failed", retryMs: null, error: "The disk is full.", reason: "failed", message: "It failed." } });
}

describe("a fan who misses an artist", () => {
  test.for([true, false])("asks, sees it come in, and lands on the artist (scripts: %s)", async (javaScriptEnabled, { site, open }) => {
    const { server } = site;
    const name = javaScriptEnabled ? "Velvet Harbour" : "Paper Lanterns";
    await using stage = await startImportStage(server, [{ name, ...few }]);
    const page = await open({ as: await server.fan(), javaScriptEnabled });
    await page.goto(`/artists?query=${encodeURIComponent(name)}`);
    await page.getByRole("link", { name: `Ask for “${name}”` }).click();
    await expect(page.getByLabel("Name")).toHaveValue(name);
    await page.getByRole("button", { name: "Ask", exact: true }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
    await expect(page.getByText("Waiting its turn")).toBeVisible();
    if (javaScriptEnabled) await scriptsRun(page);
    await stage.work();
    if (!javaScriptEnabled) await page.getByRole("link", { name: "See how far it is now" }).click();
    await expect(page.getByText("All here")).toBeVisible();
    await expect(page.getByRole("button", { name: "Cancel" })).toHaveCount(0);
    await page.getByRole("link", { name: "See the artist" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
    await page.goto("/imports");
    await expect(page.getByRole("link", { name })).toBeVisible();
    await expect(page.getByText("All here")).toBeVisible();

    await page.goto("/artists/ask");
    await page.getByLabel("Name").fill(name.toUpperCase());
    await page.getByRole("button", { name: "Ask", exact: true }).click();
    await expect(page.getByText("Already here")).toBeVisible();
    await expect(page.getByRole("alert").getByRole("link", { name })).toHaveAttribute("href", /^\/artists\//);
  });

  test.for([true, false])("chooses who of several is meant (scripts: %s)", async (javaScriptEnabled, { site, open }) => {
    const { server } = site;
    const name = javaScriptEnabled ? "Mirrors" : "Windows";
    await using stage = await startImportStage(server, [
      { name, disambiguation: "folk duo from Leeds", ...few },
      { name, disambiguation: "Finnish metal band", ...few },
    ]);
    const page = await open({ as: await server.fan(), javaScriptEnabled });
    await page.goto(`/artists/ask?name=${name}`);
    await page.getByRole("button", { name: "Ask", exact: true }).click();
    await expect(page.getByText("Waiting its turn")).toBeVisible();
    if (javaScriptEnabled) await scriptsRun(page);
    await stage.work();
    if (!javaScriptEnabled) await page.reload();
    await expect(page.getByText(`Several artists are called “${name}”`)).toBeVisible();
    await expect(page.getByText("Who do you mean?")).toBeVisible();
    await expect(page.getByRole("radio")).toHaveCount(2);
    await page.getByRole("radio", { name: "Finnish metal band" }).check();
    await page.getByRole("button", { name: "Ask for this one" }).click();
    await expect(page.getByText("Waiting its turn")).toBeVisible();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
    await stage.work();
    if (!javaScriptEnabled) await page.reload();
    await page.getByRole("link", { name: "See the artist" }).click();
    await expect(page.getByText("Finnish metal band")).toBeVisible();
  });

  test("who nobody knows: the page says so, and how to go on", async ({ site, open }) => {
    const { server } = site;
    await using stage = await startImportStage(server, [{ name: "Something Else", ...few }]);
    const fan = await server.fan();
    const page = await open({ as: fan });
    const id = await ask(fan, "Qqqzzz Xxyyxx");
    await visit(page, `/imports/${id}`);
    await stage.work();
    await expect(page.getByText("Nobody found")).toBeVisible();
    await expect(page.getByText("Nobody called “Qqqzzz Xxyyxx” was found")).toBeVisible();
    await page.getByRole("link", { name: "Ask again" }).click();
    await expect(page.getByLabel("Name")).toHaveValue("Qqqzzz Xxyyxx");
  });

  test("sees live how far it is, and cancels it", async ({ site, open }) => {
    const { server } = site;
    const fan = await server.fan();
    const id = await ask(fan, "Slow Train");
    const page = await visit(await open({ as: fan }), `/imports/${id}`);
    await expect(page.getByText("You can close this page")).toBeVisible();
    await halfWay(server, id);
    await expect(page.getByText("Collecting songs and albums")).toBeVisible();
    await expect(page.getByText("1,200 of 4,800")).toBeVisible();
    await page.getByRole("button", { name: "Cancel" }).click();
    await expect(page.getByText("Cancelled")).toBeVisible();
    await expect(page.getByText("1,200 of 4,800")).toBeVisible();
  });

  test("is asked to sign in first, and nobody sees what others have asked for", async ({ site, open }) => {
    const { server } = site;
    const id = await ask(await server.fan(), "Private Matter");
    const visitor = await open();
    for (const path of ["/artists/ask?name=Somebody", "/imports", `/imports/${id}`]) {
      await visitor.goto(path);
      await expect(visitor.getByRole("heading", { level: 1 })).toHaveText("Welcome back");
    }
    const other = await open({ as: await server.fan() });
    expect((await other.goto(`/imports/${id}`))?.status()).toBe(404);
    expect((await other.goto("/imports/none"))?.status()).toBe(404);
    expect((await other.goto("/admin/imports"))?.status()).toBe(403);
    expect((await other.goto("/admin/jobs"))?.status()).toBe(403);
  });
});

describe("an admin", () => {
  test("imports by name and by id, stops one, and lets what failed go on, without scripts", async ({ site, open }) => {
    const { server } = site;
    await using stage = await startImportStage(server, [{ name: "By Id", ...few }]);
    const page = await open({ as: await server.fan("Ada", "admin"), javaScriptEnabled: false });
    await page.goto("/");
    await page.getByRole("link", { name: "Admin" }).click();
    await page.getByLabel("Import by name").fill("Night Bus");
    await page.getByRole("button", { name: "Import" }).first().click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Night Bus");

    await page.goto("/admin/imports");
    await page.getByRole("button", { name: "Cancel Night Bus" }).click();
    const failed = page.getByRole("region", { name: "Failed" });
    await expect(failed.getByRole("link", { name: "Night Bus" })).toBeVisible();
    await failed.getByRole("button", { name: "Try again Night Bus" }).click();
    await expect(page.getByRole("region", { name: "Queued" }).getByRole("link", { name: "Night Bus" })).toBeVisible();

    await page.locator("summary", { hasText: "Import by id" }).click();
    await page.getByLabel("Id there").fill(stage.world.id("musicbrainz", { kind: "artist", artist: 0, item: 0 }));
    await page.getByRole("button", { name: "Import" }).nth(1).click();
    await expect(page.getByText("Waiting its turn")).toBeVisible();
    await stage.work();
    await page.goto("/admin/imports");
    await expect(page.getByRole("region", { name: "Finished" }).getByRole("link", { name: "By Id" })).toBeVisible();
  });

  test("sees what failed and tries it again, what runs when, and how the providers do", async ({ site, open }) => {
    const { server } = site;
    await failJob(server);
    await server.write("countProviderRequest", { provider: "setlistfm", day: "2026-06-13" });
    const page = await visit(await open({ as: await server.fan("Ada", "admin") }), "/admin/jobs");
    const failed = page.getByRole("region", { name: "Failed" });
    await expect(failed.getByText("The disk is full.")).toBeVisible();
    await expect(page.getByRole("row", { name: /^sync-shows 0 \* \* \* \* 2026-06-13 12:00 failed 1.2 s/ })).toBeVisible();
    await expect(page.getByRole("row", { name: /^setlist\.fm/ })).toBeVisible();
    await failed.getByRole("button", { name: "Try again" }).first().click();
    await expect(failed.getByText("no job has given up")).toBeVisible();
    await expect(page.getByRole("region", { name: "Queue", exact: true }).getByText("sync-shows")).toBeVisible();
  });
});

describe("nothing in the way of anyone", () => {
  const pages: Record<string, (server: TestServer, fan: TestFan) => Promise<string>> = {
    ask: async () => "/artists/ask?name=Somebody",
    "imports, none": async () => "/imports",
    imports: async (_, fan) => {
      await ask(fan, "An artist with quite an unusually long name, longer than most screens are wide");
      return "/imports";
    },
    "import, half-way": async (server, fan) => {
      const id = await ask(fan, "Half-way House");
      await halfWay(server, id);
      return `/imports/${id}`;
    },
    "import, several": async (server, fan) => {
      await using stage = await startImportStage(server, [{ name: "Twins", disambiguation: "folk duo from Leeds" }, { name: "Twins", disambiguation: "Finnish metal band" }]);
      const id = await ask(fan, "Twins");
      await stage.work();
      return `/imports/${id}`;
    },
    "admin, imports": async (server, fan) => {
      await ask(fan, "One Waiting");
      await fan.client.imports.cancel.mutate({ id: await ask(fan, "One Cancelled") });
      return "/admin/imports";
    },
    "admin, jobs": async (server) => {
      await failJob(server);
      await server.write("countProviderRequest", { provider: "setlistfm", day: "2026-06-13" });
      return "/admin/jobs";
    },
  };

  test.for(Object.entries(pages))("%s", async ([, make], { site, open }) => {
    const fan = await site.server.fan("Ada", "admin");
    const path = await make(site.server, fan);
    const page = await open({ as: fan, reducedMotion: "reduce" });
    await page.goto(path);
    await scriptsRun(page);
    await expectOriented(page);
    await expectAccessible(page);
  });
});
