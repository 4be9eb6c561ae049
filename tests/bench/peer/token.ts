import { createHmac, timingSafeEqual } from "node:crypto";

const SECRET = "the-peer-of-the-benchmark";
const HEADER = encode({ alg: "HS256", typ: "JWT" });

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

function sign(text: string): Buffer {
  return createHmac("sha256", SECRET).update(text).digest();
}

/** A JSON Web Token of a user. */
export function peerToken(userId: string): string {
  const text = `${HEADER}.${encode({ sub: userId })}`;
  return `${text}.${sign(text).toString("base64url")}`;
}

/** The user of an Authorization header, by signature alone and without a query; null if it is not valid. */
export function userOf(authorization: string | undefined): string | null {
  const [header, claims, signature] = authorization?.replace(/^Bearer /, "").split(".") ?? [];
  if (header !== HEADER || claims === undefined || signature === undefined) return null;
  const given = Buffer.from(signature, "base64url");
  const right = sign(`${header}.${claims}`);
  if (given.length !== right.length || !timingSafeEqual(given, right)) return null;
  return (JSON.parse(Buffer.from(claims, "base64url").toString()) as { sub: string }).sub;
}
