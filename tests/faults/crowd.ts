import { Agent, request } from "node:http";
import type { Socket } from "node:net";
import type { Stock } from "#tests/bench/stock.ts";
import type { Ballot, Ledger } from "./ledger.ts";

export interface Answer {
  /** Null where the connection broke instead. */
  status: number | null;
  /** `counted`, `retracted`, or the error's reason. */
  verdict: string;
  /** Seconds, from the header. */
  retryAfter: number | null;
  /** When it was asked and answered, in ms of `performance.now()`. */
  askedAt: number;
  answeredAt: number;
  /** What was asked for. */
  ballot: Ballot;
  /** The client's port. */
  port: number | null;
}

type Ask = Ballot & { action: "cast" | "retract" };

export interface CrowdOptions {
  stock: Stock;
  ledger: Ledger;
  connections: number;
  /** A number of at least 0 and below 1. */
  random: () => number;
  /** How many of the votes are taken back at once, from 0 to 1. */
  fickle?: number;
}

/** Fans who vote without a pause, one request at a time on each of some connections, and take a vote back now and then. */
export class Crowd {
  readonly #options: CrowdOptions;
  readonly #plans: Iterator<Ask>[];

  constructor(options: CrowdOptions) {
    this.#options = options;
    this.#plans = Array.from({ length: options.connections }, (_, i) => plan(options, i));
  }

  /** Votes until told to stop or until its connection breaks; every answer, in order of arrival. */
  async vote(url: string, until: AbortSignal, onAnswer: (answer: Answer) => void = () => {}): Promise<Answer[]> {
    const answers: Answer[] = [];
    const note = (answer: Answer) => {
      answers.push(answer);
      onAnswer(answer);
    };
    await Promise.all(this.#plans.map((asks) => this.#connection(url, asks, until, note)));
    return answers;
  }

  async #connection(url: string, asks: Iterator<Ask>, until: AbortSignal, note: (answer: Answer) => void) {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    while (!until.aborted) {
      const next = asks.next();
      if (next.done) throw new Error("The stock of votes ran out: raise the number of fans.");
      const answer = await ask(agent, url, next.value, this.#options);
      note(answer);
      if (answer.status === null) break;
    }
    agent.destroy();
  }
}

/** The requests of one connection: its own fans in turn, each ten votes on a show at a time. */
function* plan({ stock, ledger, connections, random, fickle = 0.15 }: CrowdOptions, first: number): Generator<Ask> {
  for (let pass = 0; pass < 5; pass += 1) {
    for (let fan = first; fan < stock.tokens.length; fan += connections) {
      const { setlistSongIds } = stock.shows[(fan + pass) % stock.shows.length]!;
      const from = Math.floor(random() * setlistSongIds.length);
      for (let i = 0; i < 10; i += 1) {
        const ballot = { fan: fan + 1, setlistSongId: setlistSongIds[(from + i) % setlistSongIds.length]! };
        yield { ...ballot, action: "cast" };
        if (random() < fickle && ledger.stands(ballot)) yield { ...ballot, action: "retract" };
      }
    }
  }
}

const STANDS: Record<string, boolean> = { counted: true, retracted: false };

async function ask(agent: Agent, url: string, asked: Ask, { stock, ledger }: CrowdOptions): Promise<Answer> {
  const askedAt = performance.now();
  ledger.ask(asked);
  const token = stock.tokens[asked.fan - 1]!;
  const sent = await send(agent, url, asked, token);
  const answer = { ...sent, askedAt, answeredAt: performance.now(), ballot: { fan: asked.fan, setlistSongId: asked.setlistSongId } };
  const stands = STANDS[answer.verdict];
  if (stands !== undefined) ledger.acknowledge(asked, stands);
  else if (answer.status !== null) ledger.refuse(asked);
  return answer;
}

type Sent = Pick<Answer, "status" | "verdict" | "retryAfter" | "port">;

function send(agent: Agent, url: string, { action, setlistSongId }: Ask, token: string): Promise<Sent> {
  const body = JSON.stringify({ setlistSongId });
  const headers = { "content-type": "application/json", "content-length": body.length, authorization: `Bearer ${token}` };
  return new Promise((resolve) => {
    const broken = (error: Error) => resolve({ status: null, verdict: error.message, retryAfter: null, port: null });
    const sent = request(`${url}/api/trpc/votes.${action}`, { agent, method: "POST", headers }, (response) => {
      let text = "";
      const port = response.socket.localPort ?? null;
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => (text += chunk));
      response.once("error", broken);
      response.once("end", () => {
        const wait = response.headers["retry-after"];
        const retryAfter = wait === undefined ? null : Number(wait);
        resolve({ status: response.statusCode!, verdict: verdictOf(text), retryAfter, port });
      });
    });
    sent.once("socket", (socket: Socket) => socket.setNoDelay(true));
    sent.once("error", broken);
    sent.end(body);
  });
}

function verdictOf(text: string): string {
  const parsed = JSON.parse(text) as {
    result?: { data: { verdict: string } };
    error?: { data: { reason?: string } };
  };
  return parsed.result?.data.verdict ?? parsed.error?.data.reason ?? text;
}

/** How often each answer came, such as `{ "200 counted": 10 }`. */
export function tallyOf(answers: readonly Answer[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status, verdict } of answers) {
    const name = status === null ? `broken (${verdict})` : `${status} ${verdict}`;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}
