import { createHash, createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

export interface TestStore extends AsyncDisposable {
  /** Address of a folder in its bucket. */
  url: string;
  files: Map<string, Buffer>;
  /** Requests it has taken, such as "PUT /bucket/theset/x.db 200". */
  log: string[];
  /** Answers the next requests with these states; 0 breaks the connection. */
  failNext(...states: number[]): void;
  /** Flips a bit of what it stores next, as a bad network would, before it looks at the hash. */
  garbleNext(): void;
}

const KEYS: Record<string, string> = { "test-key": "test-secret" };
const REGION = "eu-test-1";
const PAGE = 3;

/** What BACKUP_S3_* must be for it. */
export function storeSettings({ url }: TestStore): Record<string, string> {
  return { BACKUP_S3_URL: url, BACKUP_S3_REGION: REGION, BACKUP_S3_ACCESS_KEY_ID: "test-key", BACKUP_S3_SECRET_ACCESS_KEY: "test-secret" };
}

/**
 * A store in memory that speaks as much of S3 as backups need and checks each request's signature by
 * the published rules (AWS Signature Version 4), with nothing of the client's library.
 */
export async function startStore(): Promise<TestStore> {
  const files = new Map<string, Buffer>();
  const log: string[] = [];
  const failures: number[] = [];
  let garble = false;
  const server = createServer((req, res) => void answer(req, res));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");

  async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const body = await buffer(req);
    const say = (status: number, text = "") => {
      log.push(`${req.method} ${req.url} ${status}`);
      res.writeHead(status, { "content-type": "application/xml" }).end(text);
    };
    const failure = failures.shift();
    if (failure === 0) return void req.socket.destroy();
    if (failure !== undefined) return say(failure, `<Error><Code>${failure === 503 ? "SlowDown" : "AccessDenied"}</Code></Error>`);
    if (garble && req.method === "PUT") {
      garble = false;
      body[0]! ^= 1;
    }
    const problem = signatureProblem(req) ?? hashProblem(req, body);
    if (problem !== null) return say(problem === "XAmzContentSHA256Mismatch" ? 400 : 403, `<Error><Code>${problem}</Code></Error>`);
    const url = new URL(req.url!, "http://store");
    if (req.method === "GET" && url.pathname === "/bucket") return say(200, listing(url.searchParams));
    const key = url.pathname.replace("/bucket/", "");
    if (req.method === "PUT") files.set(key, body);
    if (req.method === "DELETE") files.delete(key);
    const found = files.get(key);
    if (req.method !== "GET") return say(req.method === "PUT" ? 200 : 204);
    if (found === undefined) return say(404, "<Error><Code>NoSuchKey</Code></Error>");
    log.push(`GET ${req.url} 200`);
    res.writeHead(200, { "content-length": found.length }).end(found);
  }

  /** A page of names, short so that there are several. */
  function listing(query: URLSearchParams): string {
    const prefix = query.get("prefix") ?? "";
    const from = Number(query.get("continuation-token") ?? 0);
    const keys = [...files.keys()].filter((key) => key.startsWith(prefix)).toSorted();
    const next = from + PAGE < keys.length ? `<NextContinuationToken>${from + PAGE}</NextContinuationToken>` : "";
    const contents = keys.slice(from, from + PAGE).map((key) => `<Contents><Key>${key}</Key></Contents>`);
    return `<ListBucketResult>${contents.join("")}${next}</ListBucketResult>`;
  }

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/bucket/theset`,
    files,
    log,
    failNext: (...states) => void failures.push(...states),
    garbleNext: () => void (garble = true),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function hashProblem(req: IncomingMessage, body: Buffer): string | null {
  return sha256(body) === req.headers["x-amz-content-sha256"] ? null : "XAmzContentSHA256Mismatch";
}

/** The code of what is wrong with a request's signature; null where it is right. */
function signatureProblem(req: IncomingMessage): string | null {
  const form = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([a-z0-9;-]+), Signature=([0-9a-f]{64})$/;
  const [, key = "", day = "", region = "", signed = "", signature = ""] = form.exec(req.headers.authorization ?? "") ?? [];
  const secret = KEYS[key];
  if (secret === undefined) return "InvalidAccessKeyId";
  const date = String(req.headers["x-amz-date"]);
  const names = signed.split(";");
  if (region !== REGION || !date.startsWith(day) || !["host", "x-amz-date", "x-amz-content-sha256"].every((name) => names.includes(name))) {
    return "AuthorizationHeaderMalformed";
  }
  const url = new URL(req.url!, "http://store");
  const query = [...url.searchParams].map(([name, value]) => `${escaped(name)}=${escaped(value)}`).toSorted();
  const canonical = [
    req.method,
    url.pathname.split("/").map((part) => escaped(decodeURIComponent(part))).join("/"),
    query.join("&"),
    ...names.map((name) => `${name}:${String(req.headers[name]).trim()}`),
    "",
    signed,
    String(req.headers["x-amz-content-sha256"]),
  ].join("\n");
  const scope = `${day}/${region}/s3/aws4_request`;
  const text = ["AWS4-HMAC-SHA256", date, scope, sha256(canonical)].join("\n");
  const signingKey = [day, region, "s3", "aws4_request"].reduce<Buffer>((by, part) => hmac(by, part), Buffer.from(`AWS4${secret}`));
  return hmac(signingKey, text).toString("hex") === signature ? null : "SignatureDoesNotMatch";
}

function escaped(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}

function sha256(data: string | Buffer): string {
  return createHash("sha256").update(data).digest("hex");
}
