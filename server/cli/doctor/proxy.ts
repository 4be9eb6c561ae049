import type { Config } from "../../config/config.ts";
import { askReadiness, get } from "../ask-server.ts";
import { ok, fail, warn, type Finding } from "./finding.ts";

const PATIENCE_MS = 5_000;

/** The running server, if there is one: whether it serves, whose headers it believes, and what visitors reach. */
export async function checkServer(config: Config): Promise<Finding[]> {
  const { at, status, problem } = await askReadiness(config, { timeoutMs: PATIENCE_MS });
  const settings = checkProxySettings(config);
  if (status === null) return [ok("server", `none runs at ${at}`), ...settings];
  if (status !== 200) return [fail("server", `the one at ${at} is not ready: ${problem}`, "Its log says more."), ...settings];
  return [ok("server", `the one at ${at} is ready`), ...settings, ...(await checkBelief(config)), ...(await checkPublicUrl(config))];
}

function checkProxySettings({ publicUrl, trustProxy, socket, host }: Config): Finding[] {
  const local = socket !== null || host === "localhost" || host.startsWith("127.") || host === "::1";
  const trusts = trustProxy.has(socket === null ? "127.0.0.1" : undefined);
  if (trustProxy.anyone && !local) {
    const advice = "Name the proxies: TRUST_PROXY=127.0.0.1, or listen to the proxy alone: HOST=127.0.0.1.";
    return [warn("proxy", "whoever connects may say where a visitor comes from, and other machines can connect", advice)];
  }
  if (publicUrl?.startsWith("https:") && local && !trusts) {
    const advice = "All visitors seem to come from the proxy, and share its limits. Name it: TRUST_PROXY=127.0.0.1";
    return [warn("proxy", "visitors come through a proxy whose headers are not believed", advice)];
  }
  return [];
}

/** A request that says it came by HTTPS is answered with a word on HTTPS where that is believed. */
async function checkBelief(config: Config): Promise<Finding[]> {
  // With PUBLIC_URL set the headers have no say in this.
  if (config.publicUrl !== null) return [];
  const said = await get(config, "/healthz", PATIENCE_MS, { "x-forwarded-proto": "https" }).catch(() => null);
  if (said === null) return [];
  const believed = said.headers["strict-transport-security"] !== undefined;
  const wanted = config.trustProxy.has(config.socket === null ? "127.0.0.1" : undefined);
  if (believed === wanted) return [ok("proxy headers", believed ? "those of a proxy on this machine are believed" : "nobody's are believed, as set")];
  return [warn("proxy headers", "the running server has other settings than these", "Run this with the server's environment, or start the server again.")];
}

/** What visitors reach. */
async function checkPublicUrl({ publicUrl, basePath }: Config): Promise<Finding[]> {
  if (publicUrl === null) return [];
  const address = `${publicUrl.replace(/\/$/, "")}${basePath}/readyz`;
  const advice = "Look at the proxy's configuration, the name's DNS entry and the certificate.";
  try {
    const answer = await fetch(address, { signal: AbortSignal.timeout(PATIENCE_MS), redirect: "manual" });
    await answer.body?.cancel();
    if (answer.status === 200) return [ok("public address", `${address} reaches a server that is ready`)];
    return [warn("public address", `${address} answers with status ${answer.status}`, advice)];
  } catch (error) {
    const why = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    return [warn("public address", `${address} cannot be reached from here: ${why}`, advice)];
  }
}
