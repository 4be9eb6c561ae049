import { promisify } from "node:util";
import { zstdCompress, zstdDecompress } from "node:zlib";
import type { QuotaCounter } from "#jobs/providers/quota.ts";
import type { ResponseCache } from "#jobs/providers/response-cache.ts";
import type { Write } from "./commands/registry.ts";
import { readKeptAnswer, readRequestsOn } from "./views/provider-traffic.ts";
import type { Reader } from "./views/reader.ts";

const pack = promisify(zstdCompress);
const unpack = promisify(zstdDecompress);

/** Answers of providers, kept in the database. */
export function keptAnswers(reader: Reader, write: Write): ResponseCache {
  return {
    async read(key) {
      const row = await readKeptAnswer(reader, key);
      if (row === null) return null;
      const { key: _, body, ...answer } = row;
      return { ...answer, body: body && (await unpack(Buffer.from(body, "base64"))).toString("utf8") };
    },
    async write(key, { body, ...answer }) {
      await write("keepAnswer", { key, ...answer, body: body === null ? null : (await pack(Buffer.from(body))).toString("base64") });
    },
    touch: (key, checkedAt) => write("touchAnswer", { key, checkedAt }),
  };
}

/** Requests of providers, counted in the database for all processes. */
export function countedRequests(reader: Reader, write: Write): QuotaCounter {
  return {
    count: (provider, day) => write("countProviderRequest", { provider, day }),
    used: (provider, day) => readRequestsOn(reader, provider, day),
  };
}
