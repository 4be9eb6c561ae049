import { AwsV4Signer } from "aws4fetch";
import type { BackupConfig } from "../config/config.ts";
import { BackupError } from "./errors.ts";

export interface StoreOptions {
  s3: NonNullable<BackupConfig["s3"]>;
  /** Epoch ms; a signature says when it was made. */
  now: () => number;
  sleep: (ms: number) => Promise<void>;
  fetch: typeof fetch;
}

/** One place for files in an S3-compatible store. Every call rejects with `BackupError`. */
export interface Store {
  /** Its address, for telling people. */
  place: string;
  put(name: string, body: Blob, sha256: string, stop?: AbortSignal): Promise<void>;
  get(name: string): Promise<Response>;
  remove(name: string): Promise<void>;
  /** Names of all files there. */
  list(): Promise<string[]>;
}

interface Call {
  method: "GET" | "PUT" | "DELETE";
  url: URL;
  body?: Blob;
  sha256?: string;
  stop?: AbortSignal;
}

const ATTEMPTS = 4;
const FIRST_PAUSE_MS = 500;
/** A store that says nothing for so long is not waited for, in ms. */
const PATIENCE_MS = 10 * 60_000;
const EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/** The store at an address of the form https://host/bucket/folder. */
export function storeOf(options: StoreOptions): Store {
  const { bucket, prefix } = placeOf(options.s3.url);
  const addressOf = (name: string) => new URL(`${bucket.pathname}/${prefix}${name}`, bucket);
  return {
    place: options.s3.url,
    async put(name, body, sha256, stop) {
      await send(options, { method: "PUT", url: addressOf(name), body, sha256, stop });
    },
    get: (name) => send(options, { method: "GET", url: addressOf(name) }),
    async remove(name) {
      await send(options, { method: "DELETE", url: addressOf(name) });
    },
    list: () => listAll(options, bucket, prefix),
  };
}

/** The bucket is the first part of the path, as every store of this kind takes it. */
function placeOf(url: string): { bucket: URL; prefix: string } {
  const given = new URL(url);
  const [name, ...folders] = given.pathname.split("/").filter(Boolean);
  if (name === undefined) {
    throw new BackupError(`BACKUP_S3_URL names no bucket. Example: BACKUP_S3_URL=${given.origin}/bucket/theset`);
  }
  return { bucket: new URL(`/${name}`, given), prefix: folders.map((folder) => `${folder}/`).join("") };
}

async function listAll(options: StoreOptions, bucket: URL, prefix: string): Promise<string[]> {
  const names: string[] = [];
  for (let token: string | undefined = ""; token !== undefined; ) {
    const url = new URL(bucket);
    url.search = String(new URLSearchParams({ "list-type": "2", prefix, ...(token && { "continuation-token": token }) }));
    const page = await (await send(options, { method: "GET", url })).text();
    const keys = [...page.matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key]) => key!);
    names.push(...keys.filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length)));
    token = /<NextContinuationToken>([^<]+)<\/NextContinuationToken>/.exec(page)?.[1];
  }
  return names;
}

/** Tries again where the store has trouble of its own; the answer is a good one. */
async function send(options: StoreOptions, call: Call): Promise<Response> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await attemptOf(options, call);
    if (answer instanceof Response && answer.ok) return answer;
    call.stop?.throwIfAborted();
    const passing = !(answer instanceof Response) || answer.status >= 500 || answer.status === 429;
    if (!passing || attempt === ATTEMPTS) throw await refusal(options, call, answer);
    if (answer instanceof Response) await answer.body?.cancel();
    await options.sleep(FIRST_PAUSE_MS * 2 ** (attempt - 1));
  }
}

async function attemptOf({ s3, now, fetch }: StoreOptions, { method, url, body, sha256 = EMPTY, stop }: Call): Promise<Response | Error> {
  const { region, accessKeyId, secretAccessKey } = s3;
  const datetime = new Date(now()).toISOString().replace(/[:-]|\.\d{3}/g, "");
  const signer = new AwsV4Signer({
    method,
    url: url.href,
    headers: { "x-amz-content-sha256": sha256 },
    service: "s3",
    region,
    accessKeyId,
    secretAccessKey,
    datetime,
  });
  const { headers } = await signer.sign();
  const signal = AbortSignal.any([AbortSignal.timeout(PATIENCE_MS), ...(stop ? [stop] : [])]);
  return fetch(url, { method, headers, body, signal }).catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));
}

async function refusal({ s3 }: StoreOptions, { method }: Call, answer: Response | Error): Promise<BackupError> {
  if (!(answer instanceof Response)) {
    const cause = answer.cause instanceof Error ? `: ${answer.cause.message}` : "";
    return new BackupError(`The store at ${s3.url} cannot be reached (${answer.message}${cause}). Check BACKUP_S3_URL and the network.`);
  }
  const code = /<Code>([^<]*)<\/Code>/.exec(await answer.text().catch(() => ""))?.[1] ?? "";
  const said = `${method}: ${answer.status}${code && ` ${code}`}`;
  return new BackupError(`The store at ${s3.url} refused (${said}). Check the bucket, BACKUP_S3_REGION and the two keys, and what they may do.`);
}
