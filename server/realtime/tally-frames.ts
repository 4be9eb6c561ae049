import type { Frame, Hub } from "./hub.ts";
import { newestFrames } from "./newest-frames.ts";

/** The tally frames of a show as they come, the current one first, until the signal aborts. */
export function tallyFrames(hub: Hub, showId: number, signal: AbortSignal): AsyncGenerator<Frame> {
  return newestFrames((hear) => hub.subscribe(showId, (frame) => void (frame.event === "tally" && hear(frame))), signal);
}
