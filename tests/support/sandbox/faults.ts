import type { ServerResponse } from "node:http";
import type { Provider } from "#server/domain/provider-records.ts";
import type { Answer } from "./answer.ts";
import { chance } from "./chance.ts";

/**
 * hang: nothing ever comes. break: the connection is cut before an answer, truncate: in the middle of it.
 * slow: after `ms`. error: the status `status` (500) with a page. html: a page in the place of JSON. cut: half of
 * the JSON. types: lists and numbers are text. length: the body is longer than the answer says. redirect: to
 * `to`. empty: nothing but 200.
 */
export const FAULTS = ["hang", "break", "slow", "error", "html", "cut", "types", "truncate", "length", "redirect", "empty"] as const;
export type Fault = (typeof FAULTS)[number];

export interface FaultRule {
  fault: Fault;
  /** All by default. */
  provider?: Provider;
  /** Only paths that it is found in: a regular expression, such as "/recording$". */
  path?: string;
  /** Of the requests that fit, 0 to 1; all by default. */
  share?: number;
  /** Only the next so many that fit. */
  next?: number;
  ms?: number;
  status?: number;
  to?: string;
}

interface Rule extends FaultRule {
  id: number;
  seen: number;
  left: number;
}

/** Which request something goes wrong with. */
export class Faults {
  #rules: Rule[] = [];
  #ids = 0;

  /** The number to remove it by. */
  add(rule: FaultRule): number {
    if (!FAULTS.includes(rule.fault)) throw new RangeError(`There is no fault "${rule.fault}": use one of ${FAULTS.join(", ")}.`);
    new RegExp(rule.path ?? "");
    this.#rules.push({ ...rule, id: ++this.#ids, seen: 0, left: rule.next ?? Infinity });
    return this.#ids;
  }

  remove(id: number): void {
    this.#rules = this.#rules.filter((rule) => rule.id !== id);
  }

  clear(): void {
    this.#rules = [];
  }

  list(): FaultRule[] {
    return this.#rules.map(({ seen: _seen, left: _left, ...rule }) => rule);
  }

  /** The first rule that bites; null where all goes well. */
  choose(provider: Provider, path: string): FaultRule | null {
    const rule = this.#rules.find((one) => bites(one, provider, path)) ?? null;
    if (rule && --rule.left <= 0) this.remove(rule.id);
    return rule;
  }
}

function bites(rule: Rule, provider: Provider, path: string): boolean {
  if (rule.provider !== undefined && rule.provider !== provider) return false;
  if (rule.path !== undefined && !new RegExp(rule.path).test(path)) return false;
  return rule.share === undefined || chance("fault", rule.id, rule.seen++) < rule.share;
}

const PAGE = "<!doctype html><html><head><title>Sorry</title></head><body><h1>We'll be right back</h1></body></html>";

/** An answer that is complete, though wrong; null where it is not the answer that is spoilt. */
export function spoilt({ fault, status = 500, to = "https://elsewhere.example/" }: FaultRule, answer: Answer): Answer | null {
  const html = { "content-type": "text/html" };
  if (fault === "error") return { status, headers: html, text: PAGE };
  if (fault === "html") return { status: 200, headers: html, text: PAGE };
  if (fault === "redirect") return { status: 302, headers: { location: to } };
  if (fault === "empty") return { status: 200 };
  if (fault === "cut") return { ...answer, text: bodyOf(answer).slice(0, Math.ceil(bodyOf(answer).length / 2)) };
  return fault === "types" ? { ...answer, text: JSON.stringify(mistyped(JSON.parse(bodyOf(answer)))) } : null;
}

export function bodyOf({ text, json }: Answer): string {
  return text ?? (json === undefined ? "null" : JSON.stringify(json));
}

function mistyped(value: unknown): unknown {
  if (Array.isArray(value)) return JSON.stringify(value).slice(0, 20);
  if (typeof value === "number") return `about ${value}`;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, mistyped(inner)]));
}

/** Sends so that the connection itself is at fault; false where `fault` is no such. */
export function sendBroken(res: ServerResponse, { fault }: FaultRule, answer: Answer): boolean {
  if (fault === "hang") return true;
  const body = Buffer.from(bodyOf(answer));
  const half = body.subarray(0, Math.ceil(body.length / 2));
  if (fault === "break") res.destroy();
  else if (fault === "truncate") {
    res.writeHead(200, { "content-type": "application/json", "content-length": body.length });
    res.write(half, () => res.destroy());
  } else if (fault === "length") {
    res.socket?.end(Buffer.concat([Buffer.from(`HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${half.length}\r\n\r\n`), body]));
  } else return false;
  return true;
}
