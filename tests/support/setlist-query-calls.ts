import type { Transaction } from "#db/client.ts";
import type { BuiltShow } from "./builders.ts";

/** The modules of queries that writing setlists down uses, by file. */
export const setlistModules = {};

type Call = (tx: Transaction, scene: { show: BuiltShow; fan: number }) => unknown;

/** Every query of writing setlists down, called in each of the shapes that give it other SQL. */
export const setlistCalls: { [M in keyof typeof setlistModules]: Record<string, Call> } = {};
