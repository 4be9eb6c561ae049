import type {
  ActionFunctionArgs,
  AppLoadContext,
  EntryContext,
  LoaderFunctionArgs,
} from "@remix-run/node";
import { isRouteErrorResponse, RemixServer } from "@remix-run/react";
import { renderToString } from "react-dom/server";
import { dataScripts } from "./http/data-scripts.ts";
import { NonceProvider } from "./ui/nonce.tsx";

/**
 * After this many ms Remix rejects what a loader still owes, which none does. Its timer outlives the
 * page, keeps that page's data, and a process that is to end has to wait for it.
 */
export const streamTimeout = 100;

/**
 * Renders a page as one string: no loader defers anything, and React's stream encodes every tag by
 * itself, which takes longer than all else on the way out. The data follow where the stream has them.
 */
export default async function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remix: EntryContext,
  { cspNonce }: AppLoadContext,
): Promise<Response> {
  const { serverHandoffStream, ...context } = remix;
  const markup = renderToString(
    <NonceProvider value={cspNonce}>
      <RemixServer context={context} url={request.url} nonce={cspNonce} />
    </NonceProvider>,
  );
  const scripts = serverHandoffStream ? await dataScripts(serverHandoffStream, cspNonce) : "";
  headers.set("Content-Type", "text/html; charset=utf-8");
  const page = Buffer.from(`<!DOCTYPE html>${markup}${scripts}`);
  return new Response(page, { headers, status });
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
