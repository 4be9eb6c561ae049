import type { Cookie } from "playwright";
import { Sessions } from "#server/auth/sessions.ts";
import type { TestFan, TestServer } from "./test-server.ts";

/** The cookie of a new session of a fan, made as signing in makes it but without the password. */
export async function sessionCookie(
  { url, database, clock, write }: TestServer,
  fan: TestFan,
): Promise<Pick<Cookie, "name" | "value"> & { url: string }> {
  const writes = {
    createSession: (session: Parameters<typeof write<"createSession">>[1]) => write("createSession", session),
    extendSession: unneeded,
    endSession: unneeded,
    endSessionsOf: unneeded,
  };
  const basePath = new URL(url).pathname.replace(/\/$/, "");
  const sessions = new Sessions({ reader: database.reader, writes, now: clock.now, basePath }, false);
  const [pair] = (await sessions.start(fan.id)).split(";");
  const [name, value] = pair!.split("=");
  return { name: name!, value: value!, url: `${url}/` };
}

function unneeded(): Promise<never> {
  return Promise.reject(new Error("A test only starts sessions"));
}
