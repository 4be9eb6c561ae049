import * as z from "zod";

export const flag = z
  .enum(["0", "1", "true", "false"], "Use 1 or 0.")
  .transform((value) => value === "1" || value === "true");

export function wholeNumber(least: number, most: number) {
  const range = `Give ${least} to ${most}.`;
  return z.coerce.number("Give a whole number.").int("Give a whole number.").min(least, range).max(most, range);
}
