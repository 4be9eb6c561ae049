import { expect, test } from "vitest";
import { SignInAttempts } from "#server/auth/attempts.ts";

test("an account takes a hundred wrong passwords in a while over all addresses, and no more", async () => {
  const attempts = new SignInAttempts();
  for (let i = 0; i < 100; i += 1) await attempts.countAccount("fan@example.org", `198.51.100.${i}`);
  await expect(attempts.countAccount("fan@example.org", "203.0.113.1")).rejects.toMatchObject({
    kind: "too_many",
    reason: "too_many_attempts",
  });
  await attempts.countAccount("other@example.org", "203.0.113.1");
});

test("a right password clears both counts", async () => {
  const attempts = new SignInAttempts();
  for (let round = 0; round < 12; round += 1) {
    for (let i = 0; i < 9; i += 1) await attempts.countAccount("fan@example.org", "198.51.100.1");
    await attempts.succeeded("fan@example.org", "198.51.100.1");
  }
});
