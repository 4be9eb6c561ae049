import fc from "fast-check";
import { expect, test } from "vitest";
import { whoIsMeant } from "#server/domain/who-is-meant.ts";
import { artistRecord } from "#tests/support/catalogue-stage.ts";

const artist = (id: string, name: string, ...aliases: string[]) => artistRecord({ id, name, aliases });

test.each<[string, string, ReturnType<typeof artist>[], string, string[]]>([
  ["the only one of the name", "Björk", [artist("1", "BJORK"), artist("2", "Bjork Trio")], "found", ["1"]],
  ["the name before an alias", "Prince", [artist("1", "Prince"), artist("2", "Other", "Prince")], "found", ["1"]],
  ["the only one of an alias", "The Artist", [artist("1", "Prince", "the  artist"), artist("2", "Artists")], "found", ["1"]],
  ["several of the name", "Nirvana", [artist("1", "Nirvana"), artist("2", "nirvana"), artist("3", "Nirvana UK")], "several", ["1", "2"]],
  ["several of an alias", "X", [artist("1", "A", "X"), artist("2", "B", "x")], "several", ["1", "2"]],
  ["nobody, with who came near", "Nirwana", [artist("1", "Nirvana")], "nobody", ["1"]],
  ["nobody at all", "Nirwana", [], "nobody", []],
])("%s", (_, name, found, verdict, ids) => {
  const who = whoIsMeant(name, found);
  expect([who.verdict, (who.verdict === "found" ? [who.artist] : who.candidates).map(({ id }) => id)]).toEqual([verdict, ids]);
});

test("who is taken has the name or an alias, alone; and no list of candidates is long", () => {
  const some = fc.array(fc.record({ name: fc.constantFrom("Ada", "ADA", "Eva", "Åda"), aliases: fc.array(fc.constantFrom("Ada", "Eve")) }), { maxLength: 20 });
  fc.assert(
    fc.property(some, (list) => {
      const found = list.map(({ name, aliases }, i) => artist(String(i), name, ...aliases));
      const who = whoIsMeant("ada", found);
      if (who.verdict === "found") expect([who.artist.name, ...who.artist.aliases].some((name) => /^[aå]da$/i.test(name))).toBe(true);
      else expect(who.candidates.length).toBeLessThanOrEqual(8);
    }),
  );
});
