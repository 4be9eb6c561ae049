/** What ends a script element or starts a comment in it, were it written as it is. */
const UNSAFE = /[<>&\u2028\u2029]/g;

/**
 * The loaders' data as the scripts that Remix's browser half reads them from. Rejects where the
 * data could not be had.
 */
export async function dataScripts(data: ReadableStream<Uint8Array>, nonce: string): Promise<string> {
  const text = JSON.stringify(await new Response(data).text()).replace(UNSAFE, escaped);
  const stream = "window.__remixContext.streamController";
  return [`${stream}.enqueue(${text});`, `${stream}.close();`]
    .map((code) => `<script nonce="${nonce}">${code}</script>`)
    .join("");
}

function escaped(sign: string): string {
  return `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
