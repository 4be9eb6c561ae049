import { expect, test } from "vitest";
import { AppError, invalid, notFound } from "#server/domain/errors.ts";

const details = {
  kind: "too_many",
  reason: "sign_in_limit",
  message: "Too many attempts. Try again in a minute.",
  fields: { email: "Try later." },
  retryAfter: 60,
} as const;

test("an error crosses a thread as plain data and comes back whole", () => {
  const carried: unknown = structuredClone(new AppError(details).toDetails());
  const back = new AppError(carried as typeof details);
  expect(back).toBeInstanceOf(Error);
  expect(back).toMatchObject({ ...details, name: "AppError" });
  expect(back.toDetails()).toEqual(details);
});

test("what is not there is named", () => {
  expect(notFound("show").toDetails()).toMatchObject({
    kind: "not_found",
    reason: "not_found",
    message: "There is no such show.",
  });
});

test("a wrong input names its field and the problem", () => {
  expect(invalid("cursor", "This cursor is not one that a list gave out.").toDetails()).toMatchObject({
    kind: "invalid",
    fields: { cursor: "This cursor is not one that a list gave out." },
  });
});
