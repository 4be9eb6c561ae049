import { callTRPCProcedure, getTRPCErrorFromUnknown, transformTRPCResponse, type TRPCError } from "@trpc/server";
import { getHTTPStatusCode } from "@trpc/server/http";
import { getErrorShape } from "@trpc/server/shared";
import { parseInputs, type Calls } from "./call-inputs.ts";
import { contextOf, createCallContext, type ApiDeps, type Context, type RequestFacts } from "./context.ts";
import { retryAfterOf } from "./error-map.ts";
import { appRouter } from "./root.ts";

/** What goes back over HTTP. */
export interface CallsAnswer {
  status: number;
  /** JSON. */
  text: string;
  /** Seconds after which trying again makes sense; 0 where nothing says. */
  retryAfter: number;
  /** Headers that procedures asked for. */
  headers: Iterable<[name: string, value: string]>;
}

type Outcome = { result: { data: unknown } } | { error: ReturnType<typeof shapeOf> };

/**
 * Answers mutations with what tRPC's adapter would answer: the same procedures run with the same
 * middleware, inputs and error shapes. What is saved is the way through fetch's Request and
 * Response, which costs several times what a vote does.
 */
export async function answerCalls(
  deps: ApiDeps,
  request: RequestFacts,
  calls: Calls,
  body: Buffer,
): Promise<CallsAnswer> {
  const known = deps.authenticator.recall(request);
  if (known) return runCalls(contextOf(deps, request, known), calls, body);
  const context = await createCallContext(deps, request).catch(getTRPCErrorFromUnknown);
  return context instanceof Error ? failCalls(context, calls) : runCalls(context, calls, body);
}

async function runCalls(ctx: Context, { paths, batch }: Calls, body: Buffer): Promise<CallsAnswer> {
  const inputs = inputsOf(body, { paths, batch });
  const errors: TRPCError[] = [];
  const run = async (path: string, batchIndex: number): Promise<Outcome> => {
    const getRawInput = () => inputs(batchIndex);
    const options = { path, getRawInput, ctx, type: "mutation" as const, signal: undefined, batchIndex };
    try {
      return { result: { data: await callTRPCProcedure({ router: appRouter, ...options }) } };
    } catch (thrown) {
      const error = getTRPCErrorFromUnknown(thrown);
      errors.push(error);
      return { error: shapeOf(error, path, ctx) };
    }
  };
  const json = batch ? await Promise.all(paths.map(run)) : await run(paths[0]!, 0);
  return toAnswer(json, errors, ctx.responseHeaders);
}

/** Inputs by their index; a body without any fails each call, once it has come that far. */
function inputsOf(body: Buffer, calls: Calls): (index: number) => Promise<unknown> {
  try {
    const inputs = parseInputs(body, calls);
    return (index) => Promise.resolve(inputs[index]);
  } catch (error) {
    return () => Promise.reject(getTRPCErrorFromUnknown(error));
  }
}

/** Without a context each call fails, and not the request as a whole. */
function failCalls(error: TRPCError, { paths, batch }: Calls): CallsAnswer {
  const outcomes = paths.map((path) => ({ error: shapeOf(error, path, undefined) }));
  return toAnswer(batch ? outcomes : outcomes[0]!, [error], []);
}

function shapeOf(error: TRPCError, path: string, ctx: Context | undefined) {
  return getErrorShape({ config: appRouter._def._config, error, type: "mutation", path, input: undefined, ctx });
}

function toAnswer(json: Outcome | Outcome[], errors: TRPCError[], headers: CallsAnswer["headers"]): CallsAnswer {
  const text = JSON.stringify(transformTRPCResponse(appRouter._def._config, json));
  if (errors.length === 0) return { status: 200, text, retryAfter: 0, headers };
  return { status: getHTTPStatusCode(json), text, retryAfter: retryAfterOf(errors), headers };
}
