import type { Transaction } from "#db/client.ts";
import type { BuiltShow } from "./builders.ts";

/** The modules of queries that the forecast uses, by file. */
export const forecastModules = {};

type Call = (tx: Transaction, scene: { show: BuiltShow; fan: number }) => unknown;

/** Every query of the forecast, called in each of the shapes that give it other SQL. */
export const forecastCalls: { [M in keyof typeof forecastModules]: Record<string, Call> } = {};
