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
      try {
        return await takeForm({ write }, authorize(actor, "moderate"), request);
      } catch (error) {
        throw error instanceof AppError ? toTrpcError(error) : error;
      }
    },
  };
}

interface SentFile {
  source: Readable;
  format: LinkFormat;
  dryRun: boolean;
}

async function takeForm({ write }: Pick<ApiDeps, "write">, by: Authorized<"moderate">, request: Request): Promise<LinkFileAnswer> {
  const { body, headers } = request;
  const type = headers.get("content-type") ?? "";
  if (body === null || !/^multipart\/form-data\s*;/i.test(type)) throw noFile();
  const incoming = Readable.fromWeb(body as ReadableStream);
  try {
    const { source, format, dryRun } = await fileOf(incoming, type);
    return answerWords(await importLinks({ write, by, source, format, dryRun }), { dryRun, format });
  } finally {
    incoming.destroy();
  }
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

function noFile(): AppError {
  return new AppError({ kind: "invalid", reason: "no_file", message: "Choose a file of links first, a CSV or JSON." });
}
