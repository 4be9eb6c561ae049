import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import { Busboy } from "@fastify/busboy";
import type { ApiDeps, Context } from "../api/context.ts";
import { toTrpcError } from "../api/error-map.ts";
import { authorize, type Authorized } from "../auth/actor.ts";
import { AppError } from "../domain/errors.ts";
import { answerWords, type LinkFileAnswer } from "../domain/matching/link-faults.ts";
import type { LinkFormat } from "../links/format.ts";
import { importLinks } from "../links/import-links.ts";
import { PATIENCE } from "./refuse-unread.ts";

/** What the page of files of links can do, as its loader and action see it. */
export interface LinkFilePage {
  /** Throws unless a moderator asks. */
  open(): void;
  /** Carries out the file that a form sends, as its bytes come in. */
  take(request: Request): Promise<LinkFileAnswer>;
}

/** Does what the page asks for, for whom the request is of; what fails leaves as a TRPCError, as from procedures. */
export function createLinkFilePage({ write }: Pick<ApiDeps, "write">, actor: Context["actor"]): LinkFilePage {
  return {
    open() {
      try {
        authorize(actor, "moderate");
      } catch (error) {
        throw toTrpcError(error);
      }
    },
    async take(request) {
      const incoming = Readable.fromWeb((request.body ?? new Blob().stream()) as ReadableStream);
      try {
        const by = authorize(actor, "moderate");
        return await takeForm({ write }, by, incoming, request.headers.get("content-type") ?? "");
      } catch (error) {
        throw error instanceof AppError ? toTrpcError(error) : incoming.errored ? toTrpcError(brokenOff()) : error;
      } finally {
        await throwAway(incoming);
      }
    },
  };
}

/** Takes in what is left of a body, for a while: closed while it still comes in, the connection would take the answer away. */
async function throwAway(incoming: Readable): Promise<void> {
  if (incoming.readableEnded || incoming.destroyed) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, PATIENCE.ms);
  let left = PATIENCE.bytes;
  incoming.unpipe();
  incoming.on("data", (chunk: Uint8Array) => (left -= chunk.length) < 0 && resolve());
  // What goes wrong with what nobody reads is nobody's concern.
  incoming.on("error", () => resolve());
  incoming.once("close", resolve);
  incoming.resume();
  await promise;
  clearTimeout(timer);
  incoming.destroy();
}

interface SentFile {
  source: Readable;
  format: LinkFormat;
  dryRun: boolean;
}

async function takeForm({ write }: Pick<ApiDeps, "write">, by: Authorized<"moderate">, incoming: Readable, type: string): Promise<LinkFileAnswer> {
  if (!/^multipart\/form-data\s*;/i.test(type)) throw noFile();
  const { source, format, dryRun } = await fileOf(incoming, type);
  return answerWords(await importLinks({ write, by, source, format, dryRun }), { dryRun, format });
}

/** The file of a form, once its bytes begin; fields behind it are not read. */
function fileOf(incoming: Readable, type: string): Promise<SentFile> {
  return new Promise((resolve, reject) => {
    const form = new Busboy({ headers: { "content-type": type }, limits: { files: 1, fields: 5, fieldSize: 1_000, parts: 6, headerPairs: 20 } });
    let dryRun = false;
    form.on("field", (name, value) => (dryRun ||= name === "dryRun" && value !== ""));
    form.on("file", (_field, source, filename) => {
      if (!filename) return void source.resume();
      // The form ends before the file does where the sender breaks off.
      incoming.once("error", (error) => source.destroy(error));
      form.once("error", (error) => source.destroy(error instanceof Error ? error : new Error(String(error))));
      resolve({ source, format: /\.json$/i.test(filename) ? "json" : "csv", dryRun });
    });
    form.once("finish", () => reject(noFile()));
    form.once("error", () => reject(noFile()));
    incoming.once("error", reject);
    incoming.pipe(form);
  });
}

/** Nobody reads it: whoever sent the file is gone. */
function brokenOff(): AppError {
  return new AppError({ kind: "gone", reason: "broken_off", message: "The file did not come in whole. Send it again." });
}

function noFile(): AppError {
  return new AppError({ kind: "invalid", reason: "no_file", message: "Choose a file of links first, a CSV or JSON." });
}
