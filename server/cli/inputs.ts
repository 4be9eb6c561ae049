import { InvalidArgumentError } from "commander";
import type { z } from "zod";
import * as inputs from "../api/inputs.ts";

/** An argument by the rules that hold on the site. */
function parsed<T>(schema: z.ZodType<T>): (value: string) => T {
  return (value) => {
    const result = schema.safeParse(value);
    if (result.success) return result.data;
    throw new InvalidArgumentError(result.error.issues.map(({ message }) => message).join(" "));
  };
}

export const email = parsed(inputs.email);
export const displayName = parsed(inputs.displayName);
export const tokenName = parsed(inputs.line(60).refine(inputs.isVisible, "Give the token a name."));

/** A whole number above 0. */
export function wholeNumber(value: string): number {
  if (/^[1-9]\d{0,8}$/.test(value)) return Number(value);
  throw new InvalidArgumentError("Give a whole number above 0.");
}
