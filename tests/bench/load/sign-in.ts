const FAN = { email: "mixed-load@example.org", password: "correct horse battery staple" };

/** Signs the load's own fan in through the public procedures; the session as a Cookie header. */
export async function signIn(url: string, { register }: { register: boolean }): Promise<string> {
  if (register) await call(url, "auth.register", { ...FAN, displayName: "Mixed load" });
  const response = await call(url, "auth.login", FAN);
  const cookie = response.headers.getSetCookie()[0]?.split(";")[0];
  if (!cookie) throw new Error("Signing in set no cookie");
  return cookie;
}

async function call(url: string, procedure: string, input: object): Promise<Response> {
  const response = await fetch(`${url}/api/trpc/${procedure}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(input),
  });
  if (!response.ok) throw new Error(`${procedure} answered ${response.status}: ${await response.text()}`);
  await response.arrayBuffer();
  return response;
}
