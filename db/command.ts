import type { Transaction } from "./client.ts";

/** One call of a command: its input and the instant (epoch ms) at which it arrived. */
export interface Call<I> {
  input: I;
  now: number;
}

/** A write that takes many calls at once, in a constant number of statements; results in call order. */
export interface BulkCommand<I, O> {
  kind: "bulk";
  run(tx: Transaction, calls: readonly Call<I>[]): Promise<O[]>;
}

/** A write that takes one call; it may throw, which rolls back this call alone. */
export interface SingleCommand<I, O> {
  kind: "single";
  run(tx: Transaction, call: Call<I>): Promise<O>;
}

export type Command<I, O> = BulkCommand<I, O> | SingleCommand<I, O>;

/**
 * The commands of a program by name. `any` because a registry holds commands of every input;
 * `Input` and `Output` get the types back.
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Registry = Record<string, Command<any, any>>;
export type Input<C> = C extends Command<infer I, unknown> ? I : never;
export type Output<C> = C extends { run(...args: never[]): Promise<infer R> }
  ? C extends { kind: "bulk" }
    ? R extends (infer O)[]
      ? O
      : never
    : R
  : never;

export function command<I, O>(run: SingleCommand<I, O>["run"]): SingleCommand<I, O> {
  return { kind: "single", run };
}

export function bulkCommand<I, O>(run: BulkCommand<I, O>["run"]): BulkCommand<I, O> {
  return { kind: "bulk", run };
}
