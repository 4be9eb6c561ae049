import { Writable } from "node:stream";
import type {
  ActionFunctionArgs,
  AppLoadContext,
  EntryContext,
  LoaderFunctionArgs,
} from "@remix-run/node";
import { isRouteErrorResponse, RemixServer } from "@remix-run/react";
import { renderToPipeableStream } from "react-dom/server";
import { NonceProvider } from "./ui/nonce.tsx";

/** After this many ms Remix rejects what is still pending in the stream. */
export const streamTimeout = 5_000;

/**
 * Collects a page: no loader defers anything, so a stream would only cost its many small pieces,
 * and how it falls into pieces would depend on how busy the process is.
 */
class Collector extends Writable {
  readonly #pieces: Buffer[] = [];

  override _write(piece: Buffer, _encoding: string, done: () => void): void {
    this.#pieces.push(piece);
    done();
  }

  whole(): Buffer<ArrayBuffer> {
    return Buffer.concat(this.#pieces);
  }
}

export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remix: EntryContext,
  context: AppLoadContext,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    let failed = false;
    const { pipe, abort } = renderToPipeableStream(
      <NonceProvider value={context.cspNonce}>
        <RemixServer context={remix} url={request.url} nonce={context.cspNonce} />
      </NonceProvider>,
      {
        nonce: context.cspNonce,
        onAllReady() {
          clearTimeout(patience);
          const page = new Collector();
          headers.set("Content-Type", "text/html; charset=utf-8");
          page.once("finish", () => {
            resolve(new Response(page.whole(), { headers, status: failed ? 500 : status }));
          });
          pipe(page);
        },
        onShellError: reject,
        onError(error: unknown) {
          failed = true;
          if (!request.signal.aborted) report(error);
        },
      },
    );
    const patience = setTimeout(abort, streamTimeout + 1_000).unref();
  });
}

/** A visitor who left and an answer below 500 are no errors of ours. */
export function handleError(
  error: unknown,
  { request }: LoaderFunctionArgs | ActionFunctionArgs,
): void {
  if (request.signal.aborted) return;
  if (isRouteErrorResponse(error) && error.status < 500) return;
  report(error);
}

function report(error: unknown): void {
  // Remix gives these hooks no logger; standard error is where the server logs, too.
  // eslint-disable-next-line no-console
  console.error(error);
}
