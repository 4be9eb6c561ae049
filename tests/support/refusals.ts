import { TRPCClientError } from "@trpc/client";

/** What a script learns of a call that was refused. */
export interface Refusal {
  status: number;
  reason: string;
  message: string;
  fields?: Record<string, string>;
  retryAfter?: number;
}

/** The refusal of a call; fails where it went through, or failed in another way. */
export async function refusalOf(call: Promise<unknown>): Promise<Refusal> {
  const error: unknown = await call.then(
    (answer) => new Error(`Expected a refusal, got ${JSON.stringify(answer)}`),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof TRPCClientError)) throw error;
  const data = error.data as (Omit<Refusal, "status" | "message"> & { httpStatus: number }) | undefined;
  // Without data the server gave no answer of its own.
  if (!data) throw error;
  const { httpStatus, reason, fields, retryAfter } = data;
  return {
    status: httpStatus,
    reason,
    message: error.message,
    ...(fields && { fields }),
    ...(retryAfter !== undefined && { retryAfter }),
  };
}
