import { TRPCError } from "@trpc/server";
import { appRouter } from "./root.ts";

/** The calls that one request makes. */
export interface Calls {
  /** Procedures in the order of their inputs. */
  paths: readonly string[];
  /** Whether inputs and answers are lists. */
  batch: boolean;
}

/** The inputs of a body, in the order of its calls. Throws BAD_REQUEST, in tRPC's words, where it has none. */
export function parseInputs(body: Buffer, { paths, batch }: Calls): unknown[] {
  const text = textOf(body);
  if (text === "") return [];
  const parsed = parseJson(text);
  const transformer = appRouter._def._config.transformer.input;
  if (!batch) return [transformer.deserialize(parsed)];
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) {
    throw new TRPCError({ code: "BAD_REQUEST", message: '"input" needs to be an object when doing a batch call' });
  }
  const inputs = parsed as Record<number, unknown>;
  return paths.map((_, i): unknown => (inputs[i] === undefined ? undefined : transformer.deserialize(inputs[i])));
}

/** Text as the fetch API reads it: without a byte order mark. */
function textOf(body: Buffer): string {
  return body[0] === 0xef ? new TextDecoder().decode(body) : body.toString();
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new TRPCError({ code: "BAD_REQUEST", message: (cause as SyntaxError).message, cause });
  }
}
