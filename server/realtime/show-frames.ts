import type { Frame, Hub } from "./hub.ts";

/**
 * All frames of a show as they come, the current ones first, until the signal aborts. A slow reader gets the newest
 * frame of each kind and not those before it. Ends at once where there is no such show.
 */
export async function* showFrames(hub: Hub, showId: number, signal: AbortSignal): AsyncGenerator<Frame> {
  const waiting = new Map<Frame["event"], Frame>();
  let wake = () => {};
  const subscription = await hub.subscribe(showId, (frame) => {
    waiting.set(frame.event, frame);
    wake();
  });
  if (!subscription) return;
  const onAbort = () => wake();
  signal.addEventListener("abort", onAbort);
  try {
    const sent = new Map<Frame["event"], Frame>();
    for (const frame of [subscription.first, ...(subscription.also ?? [])]) {
      sent.set(frame.event, frame);
      yield frame;
    }
    while (!signal.aborted) {
      const [frame] = waiting.values();
      if (!frame) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        continue;
      }
      waiting.delete(frame.event);
      if (!isNewer(frame, sent.get(frame.event))) continue;
      sent.set(frame.event, frame);
      yield frame;
    }
  } finally {
    signal.removeEventListener("abort", onAbort);
    subscription.close();
  }
}

function isNewer(frame: Frame, sent: Frame | undefined): boolean {
  if (!sent) return true;
  return frame.id === null ? frame !== sent : frame.id > (sent.id ?? -1);
}
