import { Connection } from "./connection.ts";
import { LiveVisitors } from "./live-visitors.ts";
import { signIn } from "./sign-in.ts";
import { fanToken, get, post, voteRequests } from "./targets.ts";
import { VotePlan, type Plan } from "./vote-plan.ts";

/** What the mixed load is told; `rates` are a second. */
export interface MixedOrder {
  url: string;
  seconds: number;
  rates: { votes: number; retractions: number; pages: number; signedInPages: number; streams: number; signIns: number };
  /** How long a live stream stays open, in s. */
  streamSeconds: number;
  plan: Plan;
}

export interface MixedReport {
  /** What was done, by kind. */
  done: Record<string, number>;
  /** Answers other than 200, by kind and status. */
  refused: Record<string, number>;
  /** Requests not sent since all connections were waiting. */
  heldBack: number;
  /** Live streams opened, and the bytes they brought. */
  streams: { opened: number; refused: number; bytes: number };
}

const CONNECTIONS = 64;
const TICK_MS = 10;
/** Votes kept in mind to be taken back. */
const RECENT = 5_000;

process.once("message", (order: MixedOrder) => {
  void run(order).then((report) => process.send!(report, () => process.exit(0)));
});

async function run({ url, seconds, rates, streamSeconds, plan }: MixedOrder): Promise<MixedReport> {
  const report: MixedReport = { done: {}, refused: {}, heldBack: 0, streams: { opened: 0, refused: 0, bytes: 0 } };
  const add = (counts: Record<string, number>, key: string) => void (counts[key] = (counts[key] ?? 0) + 1);
  const underWay = new Map<Connection, { kind: string; settled?: () => void }>();
  const free: Connection[] = [];
  const onAnswer = (connection: Connection) => {
    const { kind, settled } = underWay.get(connection)!;
    if (connection.status === 200) {
      add(report.done, kind);
      settled?.();
    } else add(report.refused, `${kind} ${connection.status}`);
    free.push(connection);
  };
  const onLost = (connection: Connection) => add(report.refused, `${underWay.get(connection)!.kind} lost`);
  for (let i = 0; i < CONNECTIONS; i += 1) free.push(await Connection.open(url, { onAnswer, onLost }));

  const send = (kind: string, request: () => string | null, settled?: () => void) => {
    const connection = free.shift();
    if (!connection) return void (report.heldBack += 1);
    const text = request();
    if (text === null) return void free.push(connection);
    underWay.set(connection, { kind, ...(settled && { settled }) });
    connection.send(text);
  };

  const { host } = new URL(url);
  const votes = new VotePlan(plan);
  const voteRequest = voteRequests("theset", url);
  const recent: [fan: number, song: number][] = [];
  const visitors = new LiveVisitors(url, report.streams);
  let cookie = await signIn(url, { register: true });
  let show = 0;
  const nextShow = () => `/shows/bench-${(show = (show % plan.shows) + 1)}`;
  const kinds: Record<keyof typeof rates, () => void> = {
    votes() {
      if (!votes.next()) throw new Error("The stock of votes ran out: raise the number of fans");
      const [fan, song] = [votes.fan, votes.setlistSong];
      send("vote", () => voteRequest(fan, song), () => {
        if (recent.length < RECENT) recent.push([fan, song]);
      });
    },
    retractions: () =>
      send("retraction", () => {
        const vote = recent.shift();
        return vote ? post("/api/trpc/votes.retract", host, fanToken(vote[0]), `{"setlistSongId":${vote[1]}}`) : null;
      }),
    pages: () => send("page", () => get(nextShow(), host)),
    signedInPages: () => send("signed-in page", () => get(nextShow(), host, `Cookie: ${cookie}\r\n`)),
    streams: () => visitors.open(`${nextShow()}/live`, streamSeconds * 1000),
    signIns: () =>
      void signIn(url, { register: false }).then(
        (fresh) => {
          add(report.done, "sign-in");
          cookie = fresh;
        },
        () => add(report.refused, "sign-in"),
      ),
  };

  const start = performance.now();
  const issued = Object.fromEntries(Object.keys(rates).map((kind) => [kind, 0])) as Record<keyof typeof rates, number>;
  while (performance.now() - start < seconds * 1000) {
    const elapsed = (performance.now() - start) / 1000;
    for (const kind of Object.keys(kinds) as (keyof typeof rates)[]) {
      for (const due = Math.floor(elapsed * rates[kind]); issued[kind] < due; issued[kind] += 1) kinds[kind]();
    }
    await new Promise((resolve) => setTimeout(resolve, TICK_MS));
  }
  visitors.closeAll();
  return report;
}
