/**
 * Hears how long work goes on: what it does now, how much of that is done, and of how much where that is
 * known (bytes or rows, both in the same).
 */
export type Follow = (phase: string, done: number, total?: number) => void;

/** For work that nobody watches. */
export const unwatched: Follow = () => {};
