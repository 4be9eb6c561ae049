import type { Frame, Hub } from "./hub.ts";

/**
 * The tally frames of a show as they come, the current one first, until the signal aborts. A slow
 * reader gets the newest frame and not those before it. Ends at once where there is no such show.
 */
export async function* tallyFrames(hub: Hub, showId: number, signal: AbortSignal): AsyncGenerator<Frame> {
  let newest: Frame | null = null;
  let wake = () => {};
  const subscription = await hub.subscribe(showId, (frame) => {
    if (frame.event !== "tally") return;
    newest = frame;
    wake();
  });
  if (!subscription) return;
  const onAbort = () => wake();
  signal.addEventListener("abort", onAbort);
  try {
    let sent = subscription.first.id ?? -1;
    yield subscription.first;
    while (!signal.aborted) {
      const frame = newest as Frame | null;
      newest = null;
      if (frame && (frame.id ?? -1) > sent) {
        sent = frame.id ?? sent;
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
