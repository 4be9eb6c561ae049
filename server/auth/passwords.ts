import { argon2, randomBytes, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import PQueue from "p-queue";

const derive = promisify(argon2);

/** OWASP's first choice for argon2id: 19 MiB, two passes, one lane. */
const MEMORY_KIB = 19 * 1024;
const PASSES = 2;
const LANES = 1;
const TAG_BYTES = 32;
const SALT_BYTES = 16;

/** Hashes at one time: each takes 19 MiB and about 50 ms of a core. */
const CONCURRENCY = 2;
/** Waiting hashes beyond which signing in answers "busy" instead of queueing. */
const MAX_WAITING = 200;

const lanes = new PQueue({ concurrency: CONCURRENCY });

/** Too many passwords wait to be hashed. */
export class HashingBusyError extends Error {
  override readonly name = "HashingBusyError";
}

function bounded<T>(work: () => Promise<T>): Promise<T> {
  if (lanes.size >= MAX_WAITING) return Promise.reject(new HashingBusyError("Too many sign-ins at once."));
  return lanes.add(work);
}

interface Parameters {
  memory: number;
  passes: number;
  parallelism: number;
  salt: Buffer;
  tagLength: number;
}

function tag(password: string, { memory, passes, parallelism, salt, tagLength }: Parameters): Promise<Buffer> {
  const message = Buffer.from(password.normalize("NFKC"));
  return bounded(() => derive("argon2id", { message, nonce: salt, memory, passes, parallelism, tagLength }));
}

/** An argon2id hash in PHC string format. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await tag(password, {
    memory: MEMORY_KIB,
    passes: PASSES,
    parallelism: LANES,
    salt,
    tagLength: TAG_BYTES,
  });
  return encode(salt, hash);
}

function encode(salt: Buffer, hash: Buffer): string {
  return `$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=${LANES}$${unpadded(salt)}$${unpadded(hash)}`;
}

function unpadded(bytes: Buffer): string {
  return bytes.toString("base64").replace(/=+$/, "");
}

const PHC = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

/** A hash that no password has, so that an unknown address costs what a known one does. */
const decoy = encode(randomBytes(SALT_BYTES), randomBytes(TAG_BYTES));

/** Compares a password with a PHC hash; without a hash it does the same work and says no. */
export async function verifyPassword(password: string, encoded: string | null): Promise<boolean> {
  const match = PHC.exec(encoded ?? decoy);
  if (!match) throw new Error("A stored password hash is not in the argon2id PHC format");
  const expected = Buffer.from(match[5]!, "base64");
  const actual = await tag(password, {
    memory: Number(match[1]),
    passes: Number(match[2]),
    parallelism: Number(match[3]),
    salt: Buffer.from(match[4]!, "base64"),
    tagLength: expected.length,
  });
  return timingSafeEqual(actual, expected) && encoded !== null;
}
