import { describe, expect, test } from "vitest";
import { startLinkStage, type LinkStage } from "#tests/support/link-stage.ts";
import { watchRows } from "#tests/support/row-changes.ts";

const HEADER = "action,kind,id,provider,provider_id,into\r\n";
const csv = (...lines: string[]) => HEADER + lines.map((line) => `${line}\r\n`).join("");

const identities = (on: LinkStage, kind = "artist") =>
  on.database.rows(`SELECT provider_id AS record, ${kind}_id AS id, status FROM ${kind}_identities ORDER BY provider, provider_id, ${kind}_id`);
const names = async (on: LinkStage, table: string) => (await on.database.rows(`SELECT id FROM ${table} ORDER BY id`)).map(({ id }) => id);

describe("a file of all links", () => {
  test("has a line for each, in order: what people said and what was found", async () => {
    await using on = await startLinkStage();
    await on.run("mergeRecords", { by: null, kind: "venue", from: 2, into: 1 });
    expect((await on.file()).split("\r\n")).toEqual([
      "action,kind,id,provider,provider_id,into",
      "approve,artist,1,spotify,a1,",
      "approve,artist,2,spotify,a2,",
      "reject,artist,1,spotify,wrong,",
      "approve,venue,1,ticketmaster,v1,",
      "approve,show,1,ticketmaster,e1,",
      "approve,show,4,ticketmaster,e1,",
      "reject,artist,3,spotify,a2,",
      "reject,show,2,ticketmaster,e1,",
      "reject,song,1,spotify,r2,",
      "merge,venue,2,,,1",
      "",
    ]);
    expect(JSON.parse(await on.file("json"))).toHaveLength(10);
  });

  test.each(["csv", "json"] as const)("sent back as %s changes nothing, and neither does one of nothing", async (format) => {
    await using on = await startLinkStage();
    await on.run("mergeRecords", { by: null, kind: "venue", from: 2, into: 1 });
    // What a rejected recording says of the two songs is kept with the first file.
    await on.send(await on.file(format), { format });
    const file = await on.file(format);
    const changes = await watchRows(on.database);
    expect(await on.send(file, { format })).toEqual({ ok: true, lines: 10, approved: 0, rejected: 0, merged: 0 });
    expect(Object.keys(await changes())).toEqual(["link_files", "link_lines"]);
    expect(await on.file(format)).toBe(file);
    expect(await on.send(format === "csv" ? HEADER : "[]", { format })).toMatchObject({ ok: true, lines: 0 });
  });

  test.each(["csv", "json"] as const)("carries ids over as %s that look like formulas, layout or other lines", async (format) => {
    await using on = await startLinkStage();
    const odd = ["=1+1", "+49", "-5", "@cmd", "\tq", "'=x", 'a"b', "a\nb", "a\r\nb", "a,b", "=\"x\",y", "🦉", "ё", "'"];
    await on.database.change(async (tx) => {
      for (const id of odd) await tx.run(`INSERT INTO artist_identities (provider, provider_id, artist_id, confidence, status, evidence) VALUES ('musicbrainz', '${id.replaceAll("'", "''")}', 1, 1, 'approved', '{}')`);
    });
    const before = await identities(on);
    const file = await on.file(format);
    if (format === "csv") for (const sign of ["=", "+", "-", "@", "\t"]) expect(file).not.toContain(`,${sign}`);
    await on.database.change((tx) => tx.run("DELETE FROM artist_identities"));
    expect(await on.send(file, { format })).toMatchObject({ ok: true });
    expect((await identities(on)).map(({ record, id }) => ({ record, id }))).toEqual(before.map(({ record, id }) => ({ record, id })));
  });

  test("is read as people write it: spaces, marks, other line ends, JSON on one line", async () => {
    await using on = await startLinkStage();
    expect(await on.send(`\ufeffAction,Kind,ID,Provider,Provider_ID,Into\n approve , artist, 4 ,spotify, new ,\n\n"reject","artist","3","spotify","n2",""`)).toMatchObject({ approved: 1, rejected: 1 });
    expect(await on.send('[{"action":"approve","kind":"artist","id":"4","provider":"spotify","provider_id":5},{"action":"reject","kind":"artist","id":4,"provider":"spotify","provider_id":"x","into":""}] ', { format: "json" })).toMatchObject({ approved: 1, rejected: 1 });
    expect(await identities(on)).toContainEqual({ record: "5", id: 4, status: "approved" });
  });
});

describe("what a file says is carried out", () => {
  test("for artists, venues, shows and songs; artists are looked at soon, what waited is settled, and the log has one entry", async () => {
    await using on = await startLinkStage();
    const file = csv(
      "approve,artist,4,spotify,wait,",
      "approve,artist,1,spotify,a1,",
      "reject,artist,2,spotify,a2,",
      "reject,artist,4,spotify,a1,",
      "approve,venue,2,ticketmaster,v2,",
      "reject,venue,1,ticketmaster,v1,",
      "approve,show,2,ticketmaster,tba,",
      "reject,show,4,ticketmaster,e1,",
      "approve,song,1,spotify,r2,",
      "reject,song,1,spotify,r3,",
    );
    expect(await on.send(file)).toEqual({ ok: true, lines: 10, approved: 3, rejected: 5, merged: 1 });
    expect(await identities(on)).toEqual([
      { record: "a1", id: 1, status: "automatic" },
      { record: "a2", id: 2, status: "rejected" },
      { record: "wait", id: 4, status: "approved" },
      { record: "wrong", id: 1, status: "rejected" },
    ]);
    expect(await identities(on, "venue")).toEqual([{ record: "v1", id: 1, status: "rejected" }, { record: "v2", id: 2, status: "approved" }]);
    expect(await identities(on, "show")).toEqual([{ record: "e1", id: null, status: "rejected" }, { record: "e1", id: 1, status: "automatic" }, { record: "tba", id: 2, status: "approved" }]);
    expect(await names(on, "songs")).toEqual([1, 3]);
    expect(await on.database.rows("SELECT subject_id AS id, other_id AS other FROM matches WHERE kind = 'song' AND other_id IS NOT NULL AND status = 'rejected'")).toEqual([{ id: 1, other: 3 }]);
    expect(await on.database.rows("SELECT status FROM matches WHERE provider_id = 'wait'")).toEqual([{ status: "approved" }]);
    expect(await on.database.rows("SELECT kind, id FROM due_times")).toEqual([{ kind: "artist", id: 4 }]);
    expect(await on.database.rows("SELECT action, details FROM audit_log WHERE action LIKE 'links%'")).toMatchObject([{ details: '{"lines":10,"approved":3,"rejected":5,"merged":1,"settled":2}' }]);
  });

  test("an id goes from one artist to another by a rejection and an approval, in any order of lines", async () => {
    await using on = await startLinkStage();
    expect(await on.send(csv("approve,artist,3,spotify,a1,", "reject,artist,1,spotify,a1,"))).toMatchObject({ approved: 1, rejected: 1 });
    expect(await identities(on)).toContainEqual({ record: "a1", id: 3, status: "approved" });
    expect(await on.database.rows("SELECT subject_id AS id FROM matches WHERE provider_id = 'a1' AND status = 'rejected'")).toEqual([{ id: 1 }]);
    // Artist 3 was said not to be a2, which is still so.
    expect(await on.problems(csv("approve,artist,1,spotify,a1,"))).toEqual(["Line 2: It is linked to the artist Elk (3). Merge the two, or reject it there in the same file."]);
  });

  test("merges come first, chains as one, and lines mean what an id has become", async () => {
    await using on = await startLinkStage();
    const file = csv("merge,artist,3,,,2", "merge,artist,2,,,4", "approve,artist,3,spotify,n3,", "approve,artist,4,spotify,a2,", "merge,show,3,,,2");
    expect(await on.send(file)).toMatchObject({ ok: true, merged: 3, approved: 1 });
    expect(await names(on, "artists")).toEqual([1, 4, 9]);
    expect(await identities(on)).toMatchObject([{ record: "a1" }, { record: "a2", id: 4 }, { record: "n3", id: 4, status: "approved" }, { record: "wrong" }]);
    const changes = await watchRows(on.database);
    expect(await on.send(file)).toMatchObject({ ok: true, merged: 0, approved: 0 });
    expect(Object.keys(await changes())).toEqual(["link_files", "link_lines"]);
    expect(await on.problems(csv("merge,artist,3,,,1"))).toEqual(["Line 2: The artist 3 has become 4 already. Undo that merge first, or name 4."]);
  });

  test("a look at what it would do changes nothing", async () => {
    await using on = await startLinkStage();
    const before = await on.allRows();
    expect(await on.send(csv("approve,artist,4,spotify,new,", "merge,artist,3,,,2"), { dryRun: true })).toEqual({ ok: true, lines: 2, approved: 1, rejected: 0, merged: 1 });
    expect(await on.allRows()).toEqual(before);
  });
});

const utf16 = new Uint8Array(Buffer.from(`\ufeff${csv("approve,artist,1,spotify,x,")}`, "utf16le"));
const latin1 = new Uint8Array(Buffer.from(csv("approve,artist,1,spotify,x,", "approve,artist,1,spotify,Bjö,"), "latin1"));
const bareUtf16 = new Uint8Array(Buffer.from(csv("approve,artist,1,spotify,x,"), "utf16le"));
const right = "approve,artist,4,spotify,right,";

describe("a file with anything wrong changes nothing, and says what", () => {
  test.each<[string, string | Uint8Array, (string | RegExp)[]]>([
    ["nothing", "", ["Line 1: The first line must be action,kind,id,provider,provider_id,into; it is nothing."]],
    ["a wrong header", "action,id\r\nmerge,5\r\n", ['Line 1: The first line must be action,kind,id,provider,provider_id,into; it is "action,id".']],
    ["no header", "approve,artist,1,spotify,x,\r\n", [/^Line 1: The first line must be/]],
    ["semicolons", HEADER.replaceAll(",", ";"), [/^Line 1: The first line must be/]],
    ["half a line", csv(right, "approve,artist,1"), ["Line 3: It has 3 cells and must have 6; an empty one is a comma too. Is the file whole?"]],
    ["half a line at the end", `${csv(right)}approve,artist,1,spot`, [/^Line 3: It has 4 cells/]],
    ["half an id at the end", `${csv(right)}merge,artist,2,,,1`, ["Line 3: The line does not end. Is the file whole? If it is, add a line break."]],
    ["an open quote", `${csv(right)}approve,artist,1,spotify,"x`, ["Line 3: A quote is never closed. Is the file whole?"]],
    ["a stray quote", csv(right, 'approve,artist,1,spotify,a"b,'), [/^Line 3: A quote stands inside a cell/]],
    ["Latin-1", latin1, ["Line 3: The file is not in UTF-8. Save it as UTF-8 (in Excel: CSV UTF-8)."]],
    ["UTF-16", utf16, [/^Line 1: The file is not in UTF-8/]],
    ["UTF-16 without its mark", bareUtf16, [/^Line 1: The file is not in UTF-8/]],
    ["unknown words", csv(right, "link,artist,1,spotify,x,", "approve,band,1,spotify,x,", "approve,artist,1,napster,x,", "approve,artist,1.5,spotify,x,", "approve,artist,1,spotify,,"), [
      'Line 3: "link" is no action. Give approve, reject or merge.',
      'Line 4: "band" is no kind. Give artist, venue, show or song.',
      'Line 5: "napster" is no provider. Give musicbrainz, setlistfm, ticketmaster or spotify.',
      'Line 6: "1.5" is no id. Give the number of one of ours, or a provider\'s id.',
      "Line 7: nothing is no id. Give the number of one of ours, or a provider's id.",
    ]],
    ["unknown ids", csv(right, "approve,artist,77,spotify,x,", "merge,venue,1,,,78", "reject,show,79,spotify,x,", "approve,artist,9,spotify,x,"), [
      "Line 3: There is no artist 77.",
      "Line 4: There is no venue 78.",
      "Line 5: There is no show 79.",
      "Line 6: There is no artist 9.",
    ]],
    ["both ways", csv(right, "reject,artist,4,spotify,right,"), ["Line 3: It says otherwise than line 2. Remove one of the two."]],
    ["one id for two", csv(right, "approve,artist,3,spotify,right,"), ["Line 3: It says otherwise than line 2. Remove one of the two."]],
    ["one event for two shows of an artist", csv("approve,show,2,spotify,e9,", "approve,show,3,spotify,e9,", "approve,show,4,spotify,e9,"), ["Line 3: It says otherwise than line 2. Remove one of the two."]],
    ["both ways by a merge", csv("merge,artist,3,,,4", "approve,artist,3,spotify,x,", "reject,artist,4,spotify,x,"), ["Line 4: It says otherwise than line 3. Remove one of the two."]],
    ["an id that is another one's", csv(right, "approve,artist,1,spotify,a2,"), ["Line 3: It is linked to the artist Owl (2). Merge the two, or reject it there in the same file."]],
    ["an event that is another show's", csv("approve,show,2,ticketmaster,e1,"), ["Line 2: It is linked to the show s1 (1). Merge the two, or reject it there in the same file."]],
    ["a circle of merges", csv(right, "merge,artist,1,,,2", "merge,artist,2,,,3", "merge,artist,3,,,1"), ["The merges of artists 1 → 2 → 3 → 1 go round. Remove one of them."]],
    ["itself", csv("merge,artist,1,,,1"), ["The merges of artists 1 → 1 go round. Remove one of them."]],
    ["one into two", csv("merge,artist,1,,,2", "merge,artist,1,,,3"), ["The artist 1 can't become both 2 and 3. Remove one of the two."]],
    ["a merge that can't be", csv(right, "merge,show,4,,,1"), [/^Line 3: These shows are of two artists/]],
    ["an unknown recording", csv("approve,song,1,spotify,r9,"), ["Line 2: The song's artist has no such recording."]],
    ["a song's own recording", csv("reject,song,1,spotify,r1,"), ["Line 2: It is a recording of this song; only a merge that brought it here can be undone."]],
    ["two songs for a recording", csv("approve,song,1,spotify,r3,", "approve,song,2,spotify,r3,"), [/^(Line 3: It says otherwise|The song)/, "Line 3: It says otherwise than line 2. Remove one of the two."]],
    ["two songs for a song's recordings", csv("approve,song,1,spotify,r3,", "approve,song,2,spotify,r3b,"), ["The song 3 can't become both 1 and 2. Remove one of the two."]],
  ])("%s", async (_what, file, expected) => {
    await using on = await startLinkStage();
    const before = await on.allRows();
    for (const piece of [1, 65_536]) {
      const problems = await on.problems(file, { piece });
      expect(problems).toHaveLength(expected.length);
      problems.forEach((problem, i) => expect(problem).toMatch(expected[i]!));
    }
    expect(await on.allRows()).toEqual(before);
  });

  test.each<[string, string, string | RegExp]>([
    ["no list", '{"action":"approve"}', /^Item 1: This is no JSON list of links/],
    ["nothing", "", /^Item 1: This is no JSON list/],
    ["lines of a CSV", csv(right), /^Item 1: This is no JSON list/],
    ["a list that does not end", '[{"action":"approve","kind":"artist","id":4,"provider":"spotify","provider_id":"x"},', "Item 2: The list does not end. Is the file whole?"],
    ["half an item", '[{"action":"appr', "Item 1: The list does not end. Is the file whole?"],
    ["a missing comma", '[{"action":"approve","kind":"artist","id":4,"provider":"spotify","provider_id":"x"} {}]', /^Item 2: This is no JSON list/],
    ["something behind the list", "[] []", /^Item 1: This is no JSON list/],
    ["a number", "[5]", /^Item 1: It must be an object/],
    ["another key", '[{"action":"approve","kind":"artist","id":4,"provider":"spotify","provider_id":"x","name":"y"}]', /^Item 1: It must be an object/],
    ["a nested value", '[{"action":"approve","kind":"artist","id":[4],"provider":"spotify","provider_id":"x"}]', /^Item 1: It must be an object/],
    ["no id", '[{"action":"merge","kind":"artist","id":4}]', "Item 1: nothing is no id. Give the number of one of ours, or a provider's id."],
  ])("JSON: %s", async (_what, file, expected) => {
    await using on = await startLinkStage();
    const before = await on.allRows();
    for (const piece of [1, 65_536]) expect((await on.problems(file, { piece, format: "json" }))[0]).toMatch(expected);
    expect(await on.allRows()).toEqual(before);
  });

  test("a file, a cell or an item that never ends", async () => {
    await using on = await startLinkStage();
    const before = await on.allRows();
    const piece = 65_536;
    expect(await on.problems(csv(right.repeat(40_000)), { most: 1024 * 1024, piece })).toEqual(["The file is larger than 1 MB. Split it."]);
    expect(await on.problems(`${csv(right)}approve,artist,1,spotify,"${"x".repeat(200_000)}`, { piece })).toEqual(["Line 3: A cell is longer than 100,000 characters. Is a quote missing?"]);
    expect(await on.problems(`[{"action":"${"x".repeat(300_000)}`, { format: "json", piece })).toEqual(["Item 1: It is longer than 100,000 characters, which no link is."]);
    expect(await on.problems("[".repeat(300_000), { format: "json", piece })).toEqual(["Item 1: It is longer than 100,000 characters, which no link is."]);
    expect(await on.allRows()).toEqual(before);
  });

  test("the first hundred of many faults, and how many there are", async () => {
    await using on = await startLinkStage();
    const outcome = await on.send(csv(...Array.from({ length: 250 }, (_, i) => `approve,artist,${1000 + i},spotify,x${i},`)));
    expect(outcome).toMatchObject({ ok: false, count: 250 });
    expect(outcome.ok ? [] : outcome.faults).toHaveLength(100);
  });

  test("more merges than votes should wait for", async () => {
    await using on = await startLinkStage();
    await on.database.change(async (tx) => {
      for (let id = 100; id < 700; id += 1) await tx.run(`INSERT INTO artists (id, slug, name, search_name) VALUES (${id}, 'x${id}', 'X', 'x')`);
    });
    const before = await on.allRows();
    const file = csv(...Array.from({ length: 501 }, (_, i) => `merge,artist,${100 + i},,,1`));
    expect(await on.problems(file, { piece: 65_536 })).toEqual(["The file asks for 501 merges; at most 500 are done at once. Split it."]);
    expect(await on.allRows()).toEqual(before);
  });
});

test("what a process that was killed has left is dropped with the next file, once it is an hour old", async () => {
  await using on = await startLinkStage();
  const fileId = await on.run("beginLinkFile", { by: null });
  await on.run("stageLinkLines", { by: null, fileId, lines: [{ line: 2, action: "merge", kind: "artist", id: 1, into: 2 }] });
  await on.send(HEADER);
  expect(await on.database.rows("SELECT id FROM link_files"), "somebody may be sending it").toHaveLength(1);
  on.clock.advance(61 * 60_000);
  await on.send(HEADER);
  expect(await on.database.rows("SELECT id FROM link_files")).toEqual([]);
  expect(await on.database.rows("SELECT line FROM link_lines")).toEqual([]);
  await expect(on.run("carryOutLinkFile", { by: null, fileId, dryRun: false })).rejects.toMatchObject({ reason: "gone" });
});
