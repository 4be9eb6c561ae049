import { request, type IncomingMessage, type RequestOptions } from "node:http";
import type { Config } from "../config/config.ts";

export interface Readiness {
  /** Where was asked, such as http://127.0.0.1:3000/readyz. */
  at: string;
  /** Of the HTTP answer; null where none came. */
  status: number | null;
  /** Why it is not ready; null when it is. */
  problem: string | null;
}

type Place = Pick<Config, "host" | "port" | "socket">;

/** What the server that runs with these settings says of itself; never throws. */
export async function askReadiness(place: Place, { timeoutMs }: { timeoutMs: number }): Promise<Readiness> {
  const at = addressOf(place);
  try {
    const { status, body } = await get(place, "/readyz", timeoutMs);
    return { at, status, problem: status === 200 ? null : problemIn(body) ?? `it answers with status ${status}` };
  } catch (error) {
    return { at, status: null, problem: error instanceof Error ? error.message || String((error as NodeJS.ErrnoException).code) : String(error) };
  }
}

function addressOf({ host, port, socket }: Place): string {
  return socket === null ? `http://${host.includes(":") ? `[${reachable(host)}]` : reachable(host)}:${port}` : `unix:${socket}`;
}

/** An address that means "all of this machine's" can be listened on and not be asked. */
function reachable(host: string): string {
  return host === "0.0.0.0" ? "127.0.0.1" : host === "::" ? "::1" : host;
}

/** A GET whose answer fits into memory. Rejects where nobody answers in time. */
export function get({ host, port, socket }: Place, path: string, timeoutMs: number, headers: Record<string, string> = {}) {
  const at: RequestOptions = socket === null ? { host: reachable(host), port } : { socketPath: socket };
  return new Promise<{ status: number; headers: IncomingMessage["headers"]; body: string }>((resolve, reject) => {
    const signal = AbortSignal.timeout(timeoutMs);
    const asked = request({ ...at, path, headers: { host: "localhost", ...headers }, agent: false, signal }, (answer) => {
      let body = "";
      answer.setEncoding("utf8");
      answer.on("data", (text: string) => (body += text));
      answer.on("error", reject);
      answer.on("end", () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body }));
    });
    asked.on("error", (error) => reject(signal.aborted ? new Error(`no answer within ${timeoutMs / 1000} s`) : error));
    asked.end();
  });
}

function problemIn(body: string): string | null {
  try {
    const { problem } = JSON.parse(body) as { problem?: unknown };
    return typeof problem === "string" ? problem : null;
  } catch {
    return null;
  }
}
