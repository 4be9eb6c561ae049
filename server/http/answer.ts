import type { ServerResponse } from "node:http";

/** A short answer in JSON, for clients of the machine kind. */
export function answerJson(
  res: ServerResponse,
  status: number,
  body: object,
  headers: Record<string, string> = {},
): void {
  const text = JSON.stringify(body);
  res.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    "cache-control": "no-store",
    ...headers,
  });
  res.end(text);
}

/** A refusal before any procedure is reached, in the words of the error contract. */
export function refuse(
  res: ServerResponse,
  status: number,
  error: { reason: string; message: string },
  headers: Record<string, string> = {},
): void {
  answerJson(res, status, { error }, headers);
}
