import { hash } from "./chance.ts";
import type { Answer, Asked } from "./answer.ts";

export interface Keys {
  setlistfm: string;
  ticketmaster: string;
  clientId: string;
  clientSecret: string;
}

export const KEYS: Keys = {
  setlistfm: "sandbox-setlistfm-key",
  ticketmaster: "sandbox-ticketmaster-key",
  clientId: "sandbox-client-id",
  clientSecret: "sandbox-client-secret",
};

/** What a program says of itself: its name and version, and how to reach whoever runs it. */
const MEANINGFUL = /^[^\s/]+\/\S+\s+\(.*(@|https?:\/\/).*\)/;

/** Null where MusicBrainz may be asked. */
export function musicBrainzAccess({ headers }: Asked): Answer | null {
  if (MEANINGFUL.test(headers["user-agent"] ?? "")) return null;
  return { status: 403, json: { error: "Your User-Agent is missing or says neither a program nor how to reach whoever runs it." } };
}

export function setlistFmAccess({ headers }: Asked, keys: Keys): Answer | null {
  if (headers["x-api-key"] === keys.setlistfm) return null;
  return { status: 403, json: { message: "Forbidden" } };
}

export function ticketmasterAccess({ url }: Asked, keys: Keys): Answer | null {
  const key = url.searchParams.get("apikey");
  if (key === keys.ticketmaster) return null;
  const [faultstring, errorcode] = key === null ? ["Failed to resolve API Key variable request.queryparam.apikey", "oauth.v2.FailedToResolveAPIKey"] : ["Invalid ApiKey", "oauth.v2.InvalidApiKey"];
  return { status: 401, json: { fault: { faultstring, detail: { errorcode } } } };
}

/** The tokens that Spotify gives out. */
export class Tokens {
  /** Seconds that one is valid for. */
  expiresIn = 3_600;
  readonly #clock: () => number;
  readonly #until = new Map<string, number>();
  #given = 0;

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** Takes back all that were given out. */
  revoke(): void {
    this.#until.clear();
  }

  /** By client credentials, as the accounts service wants them. */
  give({ method, headers, body }: Asked, { clientId, clientSecret }: Keys): Answer {
    if (method !== "POST") return { status: 405, json: { error: "method_not_allowed" } };
    if (new URLSearchParams(body).get("grant_type") !== "client_credentials") {
      return { status: 400, json: { error: "unsupported_grant_type", error_description: "grant_type parameter is missing" } };
    }
    const basic = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}`;
    if (headers.authorization !== basic) return { status: 400, json: { error: "invalid_client", error_description: "Invalid client secret" } };
    return { status: 200, json: { access_token: this.#token(), token_type: "Bearer", expires_in: this.expiresIn } };
  }

  access({ headers }: Asked): Answer | null {
    const refuse = (message: string): Answer => ({ status: 401, json: { error: { status: 401, message } } });
    const token = /^Bearer (.+)$/.exec(headers.authorization ?? "")?.[1];
    if (token === undefined) return refuse("No token provided");
    const until = this.#until.get(token);
    if (until === undefined) return refuse("Invalid access token");
    return this.#clock() < until ? null : refuse("The access token expired");
  }

  #token(): string {
    const now = this.#clock();
    for (const [token, until] of this.#until) if (until < now - 3_600_000) this.#until.delete(token);
    const token = `BQ${hash(now, this.#given++).toString(36)}${this.#given}`;
    this.#until.set(token, now + this.expiresIn * 1_000);
    return token;
  }
}
