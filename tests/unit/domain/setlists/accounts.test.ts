import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { accountThatCounts, type SetlistAccount } from "#server/domain/setlists/accounts.ts";

const account = (id: number, songs: number, provider: SetlistAccount["provider"] = "setlistfm"): SetlistAccount => ({ id, songs, provider });

describe("of several accounts of a night the one that counts is", () => {
  test.each([
    ["none where there is none", [], null],
    ["the only one, with or without songs", [account(1, 0)], 1],
    ["one with songs before one without, whoever wrote it", [account(1, 0, null), account(2, 3)], 2],
    ["what was written down here before a provider's, however long", [account(1, 20), account(2, 3, null)], 2],
    ["the one with more songs", [account(1, 12), account(2, 18)], 2],
    ["of equals the first that came in", [account(5, 12), account(3, 12)], 3],
  ] as const)("%s", (_says, accounts, id) => {
    expect(accountThatCounts(accounts)?.id ?? null).toBe(id);
  });

  test("the same in whatever order they are given", () => {
    const some = fc.uniqueArray(
      fc.record({ id: fc.integer({ min: 1, max: 9 }), songs: fc.nat(2), provider: fc.constantFrom(null, "setlistfm" as const) }),
      { selector: ({ id }) => id },
    );
    fc.assert(fc.property(some, (accounts) => accountThatCounts(accounts.toReversed())?.id === accountThatCounts(accounts)?.id));
  });
});
