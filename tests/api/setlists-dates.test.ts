import { describe, expect, test } from "vitest";
import { setlistRecord, showRecord, startCatalogueStage, type CatalogueStage } from "#tests/support/catalogue-stage.ts";
import { allowed, buildFans } from "#tests/support/fans.ts";

const nights = (on: CatalogueStage) =>
  on.database.rows(`
    SELECT s.id, s.local_date AS day, group_concat(a.provider_id) AS setlists
    FROM shows s LEFT JOIN actual_setlists a ON a.show_id = s.id GROUP BY s.id ORDER BY s.id`);
const reviews = (on: CatalogueStage) => on.database.rows("SELECT id, subject_id AS a, other_id AS b, confidence FROM matches WHERE kind = 'show' AND status = 'review'");

/** A show of a provider on the 10th of May, which is long over. */
async function afterShow(on: CatalogueStage): Promise<number> {
  await on.shows([showRecord({ id: "E1", localDate: "2026-05-10", startsAt: Date.parse("2026-05-10T18:00:00Z") })]);
  await on.run("advanceShows", undefined);
  return Number((await nights(on))[0]!["id"]);
}

describe("a setlist that is dated a day beside the artist's only show at its venue", () => {
  test.each(["2026-05-09", "2026-05-11"])("(%s) makes a show of its own, and a person is asked whether the two are one", async (localDate) => {
    await using on = await startCatalogueStage();
    const show = await afterShow(on);
    await on.setlists([setlistRecord({ id: "s", localDate })]);
    const [, own] = await nights(on);
    expect(own).toMatchObject({ day: localDate, setlists: "s" });
    expect(await reviews(on)).toMatchObject([{ a: show, b: own!["id"], confidence: 0.65 }]);
    await on.setlists([setlistRecord({ id: "s", version: "2", localDate })]);
    expect(await reviews(on)).toHaveLength(1);
  });

  test("stays at the show that a person has made of the two, also when its next version has the same wrong date", async () => {
    await using on = await startCatalogueStage();
    const show = await afterShow(on);
    await on.setlists([setlistRecord({ id: "s", localDate: "2026-05-11" })]);
    const [fan] = await buildFans(on.database, 1);
    const [match] = await reviews(on);
    await on.run("decideMatch", { moderator: allowed(fan!, "moderate", "moderator"), id: Number(match!["id"]), verdict: "approve", keep: show });
    expect(await nights(on)).toMatchObject([{ id: show, day: "2026-05-10", setlists: "s" }]);
    await on.setlists([setlistRecord({ id: "s", version: "2", localDate: "2026-05-11" }, ["Dawn", "Dusk"])]);
    expect(await nights(on)).toMatchObject([{ id: show, day: "2026-05-10", setlists: "s" }]);
    expect(await on.database.rows("SELECT count(*) AS n FROM played_songs")).toEqual([{ n: 2 }]);
    await on.setlists([setlistRecord({ id: "s", version: "3", localDate: "2026-05-10" })]);
    expect(await nights(on)).toHaveLength(1);
  });

  test("is asked about no more once it has the right date", async () => {
    await using on = await startCatalogueStage();
    await afterShow(on);
    await on.setlists([setlistRecord({ id: "s", localDate: "2026-05-11" })]);
    await on.setlists([setlistRecord({ id: "s", version: "2", localDate: "2026-05-10" })]);
    expect(await nights(on)).toMatchObject([{ day: "2026-05-10", setlists: "s" }]);
    expect(await reviews(on)).toEqual([]);
  });

  test.each([
    ["the artist plays there for several nights", [showRecord({ id: "E2", localDate: "2026-05-12", startsAt: Date.parse("2026-05-12T18:00:00Z") })], "2026-05-11"],
    ["it is two days away", [], "2026-05-12"],
  ])("but nobody is asked where %s", async (_what, others, localDate) => {
    await using on = await startCatalogueStage();
    await afterShow(on);
    await on.shows(others);
    await on.run("advanceShows", undefined);
    await on.setlists([setlistRecord({ id: "s", localDate })]);
    expect(await reviews(on)).toEqual([]);
  });

  test("and nobody is asked where that show has a setlist", async () => {
    await using on = await startCatalogueStage();
    await afterShow(on);
    await on.setlists([setlistRecord({ id: "right", localDate: "2026-05-10" }), setlistRecord({ id: "s", localDate: "2026-05-11" })]);
    expect(await nights(on)).toMatchObject([{ setlists: "right" }, { setlists: "s" }]);
    expect(await reviews(on)).toEqual([]);
  });
});
