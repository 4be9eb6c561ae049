/** A show's tally as it goes out: always whole, so that a reader who missed some has missed nothing. */
export interface TallyFrame {
  version: number;
  total: number;
  songs: { setlistSongId: number; votes: number }[];
}

/** What every subscriber is sent; `event` and `data` as in server-sent events. */
export interface Frame<E extends string = "tally" | "voting" | "setlist"> {
  event: E;
  /** Rises with what the frame tells, such as the tally version; null for what is told only once. */
  id: number | null;
  data: string;
  /** Nothing comes after it. */
  last?: true;
}

/** What a subscriber begins with. */
export interface Subscription<E extends string = string> {
  /** The current frame. */
  first: Frame<E>;
  /** Frames of other kinds that stand now. */
  also?: readonly Frame<E>[];
  close(): void;
}

export type Listener = (frame: Frame) => void;

export function tallyFrame(tally: TallyFrame): Frame {
  return { event: "tally", id: tally.version, data: JSON.stringify(tally) };
}

export function votingFrame(voting: object): Frame {
  return { event: "voting", id: null, data: JSON.stringify(voting) };
}

/** What was played, whole; null where it was taken back. */
export function setlistFrame(setlist: object | null): Frame {
  return { event: "setlist", id: null, data: JSON.stringify(setlist) };
}

/** An import as it stands: whole, like a tally. */
export function progressFrame(id: number, progress: object, over: boolean): Frame<"progress"> {
  return { event: "progress", id, data: JSON.stringify(progress), ...(over && { last: true }) };
}

const wires = new WeakMap<Frame<string>, Buffer>();

/** A frame's bytes as a server-sent event, made once for all its readers. */
export function wireOf(frame: Frame<string>): Buffer {
  const known = wires.get(frame);
  if (known) return known;
  const id = frame.id === null ? "" : `id: ${frame.id}\n`;
  const made = Buffer.from(`event: ${frame.event}\n${id}data: ${frame.data}\n\n`);
  wires.set(frame, made);
  return made;
}
