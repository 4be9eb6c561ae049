import { describe, expect, test } from "vitest";
import type { Recorded } from "#app/http/answers.ts";
import { afterAnswer, afterEdit, asSaved, broughtBack, sending, settled, stateOf, textOf, type RecordingState } from "#app/features/recording/recording-state.ts";
import { readSent } from "#app/features/recording/read-file.ts";
import { isTooLarge, saveBody, saveName } from "#app/features/recording/save-body.ts";
import { lostSave, type SaveAnswer } from "#app/features/recording/saved.ts";
import { lineName, setsOfDraft, type DraftEdit } from "#server/domain/setlists/draft.ts";
import { plainSong, type SongLine } from "#server/domain/setlists/written-down.ts";

type Status = NonNullable<Recorded>["setlist"]["status"];

/** What the server has: songs with their places, in the order of a database row. */
function recorded(version: string, songs: (string | Partial<SongLine>)[], status: Status = "live"): Recorded {
  const lines = songs.map((song, i) => ({ position: i + 1, ...plainSong(""), ...(typeof song === "string" ? { title: song } : song) }));
  const setlist = { id: 1, provider: null, source: "Written down here", url: null, linkText: null, status, version, note: null, sets: lines.length > 0 ? [{ name: null, encore: null, songs: lines }] : [] };
  return { setlist, by: "Ada", editedAt: null };
}

const add = (title: string): DraftEdit => ({ do: "add", title, songId: null });
const edit = (state: RecordingState, ...edits: DraftEdit[]) => edits.reduce(afterEdit, state);
const send = (state: RecordingState, save: string) => sending(state, textOf(state), save);
const ok = (there: Recorded): SaveAnswer => ({ ok: true, recorded: there });
const lost = lostSave(new TypeError("Failed to fetch"));
const tooLate = (there: Recorded): SaveAnswer => ({ ok: false, reason: "changed_meanwhile", message: "Too late.", there });
const names = ({ draft }: RecordingState) => draft.map(lineName);
const keys = ({ draft }: RecordingState) => draft.map(({ key }) => key);
const isSaved = (state: RecordingState) => textOf(state) === state.saved;

describe("a line keeps its key, and with it what is being typed about it", () => {
  test("when its save is answered, and when lines above it come, go or move", () => {
    const begun = edit(stateOf(null), add("Dawn"), add("Dusk"));
    const saved = afterAnswer(send(begun, "a"), ok(recorded("1.a", [{ title: "Dawn", songId: 7 }, "Dusk"])));
    expect(isSaved(saved)).toBe(true);
    expect(keys(saved)).toEqual(keys(begun));
    const dusk = keys(begun)[1];
    expect(keys(edit(saved, { do: "remove", at: 0 }))).toEqual([dusk]);
    expect(keys(edit(saved, { do: "move", at: 1, to: 0 }))[0]).toBe(dusk);
    expect(new Set(keys(edit(saved, { do: "remove", at: 1 }, add("Ferry"), { do: "insert", at: 0, line: saved.draft[1]! }))).size).toBe(3);
  });

  test("also when the server takes a medley above it apart", () => {
    const begun = edit(stateOf(null), add("Dawn"), add("A / B"), add("Dusk"), { do: "break", encore: true });
    const [dawn, medley, dusk, encore] = keys(begun);
    const saved = afterAnswer(send(begun, "a"), ok(recorded("1.a", ["Dawn", { title: "A", medley: 1 }, { title: "B", medley: 1 }, "Dusk"])));
    expect(names(saved)).toEqual(["Dawn", "A", "B", "Dusk", "Encore"]);
    expect(keys(saved)).toEqual([dawn, medley, expect.any(Number), dusk, encore]);
    expect(new Set(keys(saved)).size).toBe(5);
  });
});

describe("on a flapping network", () => {
  test("what was saved without an answer is not taken for somebody else's, whatever was written since", () => {
    const first = afterAnswer(send(edit(stateOf(null), add("A / B")), "aaaaaaaa"), lost);
    const second = afterAnswer(send(edit({ ...first, rest: null }, add("Dusk")), "bbbbbbbb"), lost);
    const there = recorded("1.aaaaaaaa", [{ title: "A", medley: 1 }, { title: "B", medley: 1 }]);
    const back = afterAnswer(send({ ...second, rest: null }, "bbbbbbbb"), tooLate(there));
    expect(back).toMatchObject({ theirs: null, version: "1.aaaaaaaa", underWay: null });
    expect(names(back)).toEqual(["A / B", "Dusk"]);
    expect(isSaved(back)).toBe(false);
  });

  test("what somebody else wrote is, and one of the two is chosen", () => {
    const late = afterAnswer(send(edit(stateOf(recorded("1.a", ["Dawn"])), add("Dusk")), "bbbbbbbb"), tooLate(recorded("2.c", ["Ferry"])));
    expect(late.theirs).not.toBeNull();
    expect(names(settled(late, "theirs"))).toEqual(["Ferry"]);
    expect(settled(late, "mine")).toMatchObject({ version: "2.c", theirs: null });
    expect(names(settled(late, "mine"))).toEqual(["Dawn", "Dusk"]);
  });

  test("a lost request is tried again every 5 s; a site in trouble less and less often; what will never do not at all", () => {
    const begun = edit(stateOf(null), add("Dawn"));
    const rests = (answer: SaveAnswer) => {
      let state = begun;
      return Array.from({ length: 6 }, () => (state = afterAnswer(send({ ...state, rest: null }, "a"), answer)).rest?.ms);
    };
    expect(rests(lost)).toEqual(Array(6).fill(5_000));
    expect(rests(lostSave(new Error("Unable to decode turbo-stream response")))).toEqual([5_000, 10_000, 20_000, 40_000, 60_000, 60_000]);
    expect(rests({ ok: false, reason: "busy", message: "Busy.", passes: true })[1]).toBe(10_000);
    expect(afterAnswer(send(begun, "a"), { ok: false, reason: "not_played", message: "It was cancelled.", passes: false })).toMatchObject({ rest: null, problem: { message: "It was cancelled." } });
  });
});

describe("what was left unsaved on the device", () => {
  const left = (from: RecordingState, unanswered: string[] = []) => ({ ...edit(from, add("Dusk")), unanswered });

  test("is there again where nobody has written since, and can be left out", () => {
    const there = recorded("1.a", ["Dawn"]);
    const back = broughtBack(stateOf(there), there, left(stateOf(there)));
    expect(names(back)).toEqual(["Dawn", "Dusk"]);
    expect(back).toMatchObject({ version: "1.a", theirs: null });
    expect(isSaved({ ...back, ...back.broughtBackOver })).toBe(true);
  });

  test("also where its own save got through without an answer", () => {
    const there = recorded("2.bbbbbbbb", ["Dawn", "Ferry"]);
    expect(broughtBack(stateOf(there), there, left(stateOf(recorded("1.a", ["Dawn"])), ["bbbbbbbb"])).theirs).toBeNull();
  });

  test("stands beside what somebody else has written since, until one of them is chosen", () => {
    const there = recorded("2.c", ["Ferry"]);
    const back = broughtBack(stateOf(there), there, left(stateOf(recorded("1.a", ["Dawn"]))));
    expect(back.theirs).toEqual({ recorded: there });
    expect(names(back)).toEqual(["Dawn", "Dusk"]);
    expect(names(settled(back, "theirs"))).toEqual(["Ferry"]);
  });

  test("can be dropped for what is saved", () => {
    const state = edit(stateOf(recorded("1.a", ["Dawn"])), add("Dusk"));
    expect(names(asSaved(state))).toEqual(["Dawn"]);
    expect(isSaved(asSaved(state))).toBe(true);
  });

  test("is nothing where it is what is there", () => {
    const there = recorded("2.c", ["Dawn", "Dusk"]);
    const now = stateOf(there);
    expect(broughtBack(now, there, left(stateOf(recorded("1.a", ["Dawn"]))))).toBe(now);
  });
});

test.each([
  ["csv", "date,title\n2026-06-13,Dawn\n2026-06-14,Dusk", "Line 3: It is of 2026-06-14, and this show is on 2026-06-13. Take out what is of another show."],
  ["json", '[{"date": "2026-06-14", "title": "Dusk"}]', "Item 1: It is of 2026-06-14, and this show is on 2026-06-13. Take out what is of another show."],
  ["json", '[{"title": "Dusk", "segue": "maybe"}]', 'Item 1: "maybe" under segue is neither yes nor no. Leave it empty for no.'],
])("what is wrong with a pasted %s is told by its place in it", async (_format, pasted, says) => {
  const form = new FormData();
  form.set("pasted", pasted);
  expect(await readSent(form, "2026-06-13")).toEqual({ lines: [says] });
});

test("an edit leaves final what is final, as long as there is a song in it", () => {
  const final = stateOf(recorded("1.a", ["Dawn"], "final"));
  expect(edit(final, add("Dusk")).finished).toBe(true);
  expect(edit(final, { do: "remove", at: 0 }).finished).toBe(false);
});

test("what an edit has done is told to those who don't see it", () => {
  const begun = edit(stateOf(null), add("Dawn"), add("Dusk"), add("Ferry"));
  expect(edit(begun, { do: "move", at: 0, to: 1 }).told).toBe("Dawn, 2 of 3.");
  const removed = edit(begun, { do: "remove", at: 2 });
  expect(removed.told).toBe("Ferry is removed.");
  expect(edit(removed, { do: "insert", at: 2, line: begun.draft[2]! }).told).toBe("Ferry is back, 3 of 3.");
});

describe("what is sent", () => {
  const songs = (count: number, title: string) => stateOf(recorded("1.a", Array.from({ length: count }, (_, i) => ({ title: `${title} ${i}`, songId: 10_000 + i }))));

  test("holds what is said of each song and no more", () => {
    const body = JSON.parse(saveBody(stateOf(recorded("1.a", [{ title: "Dawn", tape: true }])), "b")) as unknown;
    expect(body).toEqual({ version: "1.a", save: "b", sets: [{ songs: [{ title: "Dawn", tape: true }] }], finished: false });
    expect(setsOfDraft(songs(1, "Dawn").draft)[0]!.songs[0]).not.toHaveProperty("key");
  });

  test("is small enough with 400 songs in any script, and refused on the page where it is not", () => {
    expect(isTooLarge(saveBody(songs(400, "Песня с длинным названием о любви"), "b"))).toBe(false);
    expect(isTooLarge(saveBody(songs(400, "Песня ".repeat(20)), "b"))).toBe(true);
  });

  test("has a name of its own that the site takes", () => {
    expect(saveName(new Uint8Array([0, 1, 25, 26, 31, 32, 63, 64, 254, 255]))).toMatch(/^[a-z0-9]{10}$/);
  });
});
