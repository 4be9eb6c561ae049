import { expect, test } from "vitest";
import { hashPassword, HashingBusyError, verifyPassword } from "#server/auth/passwords.ts";

test("too many passwords at once are refused one by one; nothing is left behind, and an unknown address is answered after", async () => {
  const outcomes = await Promise.allSettled([
    ...Array.from({ length: 220 }, () => hashPassword("a long password")),
    verifyPassword("a long password", null),
  ]);
  const refused = outcomes.filter((outcome) => outcome.status === "rejected");
  expect(refused.length).toBeGreaterThan(0);
  for (const outcome of refused) expect(outcome.reason).toBeInstanceOf(HashingBusyError);
  expect(await verifyPassword("a long password", null)).toBe(false);
}, 60_000);

test("a password is its own hash's and no other's, whatever form its accents have", async () => {
  const hash = await hashPassword("caf\u00e9 au lait");
  expect(await verifyPassword("cafe\u0301 au lait", hash)).toBe(true);
  expect(await verifyPassword("cafe au lait", hash)).toBe(false);
});
