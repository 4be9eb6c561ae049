import type { Subscribe } from "./event-streams.ts";
import type { Frame } from "./frames.ts";

/**
 * Frames as they come, the current one first, until the signal aborts or one is the last. A slow reader gets the
 * newest frame and not those before it. Ends at once where there is nothing to hear of.
 */
export async function* newestFrames<E extends string>(subscribe: Subscribe<E>, signal: AbortSignal): AsyncGenerator<Frame<E>> {
  let newest: Frame<E> | null = null;
  let wake = () => {};
  const subscription = await subscribe((frame) => {
    newest = frame;
    wake();
  });
  if (!subscription) return;
  const onAbort = () => wake();
  signal.addEventListener("abort", onAbort);
  try {
    let sent = subscription.first;
    yield sent;
    while (!signal.aborted && !sent.last) {
      const frame = newest as Frame<E> | null;
      newest = null;
      if (frame && (frame.id ?? -1) > (sent.id ?? -1)) {
        sent = frame;
        yield frame;
      } else if (!frame) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
  } finally {
    signal.removeEventListener("abort", onAbort);
    subscription.close();
  }
}
