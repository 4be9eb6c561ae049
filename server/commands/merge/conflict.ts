import { AppError } from "../../domain/errors.ts";

export function conflict(reason: string, message: string): AppError {
  return new AppError({ kind: "conflict", reason, message });
}
