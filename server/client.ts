import { createTRPCClient, httpBatchLink, httpSubscriptionLink, splitLink, type TRPCClient } from "@trpc/client";
import { EventSource } from "eventsource";
import type { AppRouter, LiveShowEvent } from "./api/root.ts";

export interface ClientOptions {
  /** The site's address, such as https://vote.example.org or https://example.org/theset. */
  url: string;
  /** An API token; without one the client is anonymous until `auth.login`. */
  token?: string;
}

/** What `live.show` tells. */
export type { LiveShowEvent };
/** What was played and how the crowd, the forecast and the last shows' songs did. */
export type SetlistFrame = NonNullable<Extract<LiveShowEvent, { event: "setlist" }>["setlist"]>;

export type TheSetClient = TRPCClient<AppRouter>;

/** What the server takes in one batch. */
const MAX_BATCH = 20;
/** Queries travel in the address, and Node takes 16 kB for it and all headers. */
const MAX_ADDRESS = 8_000;

/**
 * A client for scripts, with every procedure and its types. Calls made in one tick share a request.
 * Keeps the session cookie that `auth.login` sets. A refusal is a `TRPCClientError` whose
 * `data.reason` is the reason code.
 */
export function createTheSetClient({ url, token }: ClientOptions): TheSetClient {
  const endpoint = endpointOf(url);
  const cookies = new Map<string, string>();

  const headers = (): Record<string, string> => {
    if (token !== undefined) return { authorization: `Bearer ${token}` };
    return cookies.size === 0 ? {} : { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; ") };
  };
  const send = async (input: RequestInfo | URL | string, init?: RequestInit): Promise<Response> => {
    const response = await fetch(input, init);
    for (const line of response.headers.getSetCookie()) keep(cookies, line);
    return response;
  };

  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (operation) => operation.type === "subscription",
        true: httpSubscriptionLink({
          url: endpoint,
          EventSource: EventSource as never,
          eventSourceOptions: () => ({
            fetch: (input: string | URL, init: RequestInit) =>
              fetch(input, { ...init, headers: { ...(init.headers as Record<string, string>), ...headers() } }),
          }) as never,
        }),
        false: httpBatchLink({
          url: endpoint,
          maxItems: MAX_BATCH,
          maxURLLength: MAX_ADDRESS,
          headers,
          fetch: send,
        }),
      }),
    ],
  });
}

function endpointOf(site: string): string {
  const { origin, pathname } = new URL(site);
  return `${origin}${pathname.replace(/\/+$/, "")}/api/trpc`;
}

/** Stores or removes the cookie of one Set-Cookie line. */
function keep(cookies: Map<string, string>, line: string): void {
  const [pair = "", ...attributes] = line.split(";");
  const [name = "", ...value] = pair.split("=");
  const ended = attributes.some((attribute) => /^\s*max-age=0\s*$/i.test(attribute));
  if (ended) cookies.delete(name.trim());
  else cookies.set(name.trim(), value.join("="));
}
