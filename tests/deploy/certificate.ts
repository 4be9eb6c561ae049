import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export interface Certificate {
  chain: string;
  key: string;
  /** Chain and key in one file, as HAProxy wants them. */
  both: string;
  /** What a visitor has to trust. */
  pem: string;
}

/** Makes a certificate for a name, signed by itself, with openssl. */
export function makeCertificate(folder: string, name: string): Certificate {
  const [chain, key, both] = ["chain.pem", "key.pem", "both.pem"].map((file) => join(folder, file)) as [string, string, string];
  const subject = ["-subj", `/CN=${name}`, "-addext", `subjectAltName=DNS:${name}`, "-days", "2"];
  const kind = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  execFileSync("openssl", ["req", ...kind, ...subject, "-keyout", key, "-out", chain], { stdio: "pipe" });
  const pem = readFileSync(chain, "utf8");
  writeFileSync(both, pem + readFileSync(key, "utf8"));
  return { chain, key, both, pem };
}
