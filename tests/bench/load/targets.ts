import { createHash } from "node:crypto";
import { peerToken } from "../peer/token.ts";

/** Whom a load votes at. */
export type Side = "theset" | "peer";

/** The API token of a stocked fan (1, 2, 3 …). */
export function fanToken(fan: number): string {
  return `ths_bench_${fan}`;
}

/** The peer's key of a row; the same formula is in its stock. */
export function peerId(kind: "user" | "setlist" | "song", id: number): string {
  const hex = createHash("md5").update(`${kind}-${id}`).digest("hex");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** Makes whole requests of one vote; a fan and a setlist song are numbers from 1 on both sides. */
export function voteRequests(side: Side, url: string): (fan: number, setlistSong: number) => string {
  const { host } = new URL(url);
  if (side === "theset") {
    return (fan, song) => post("/api/trpc/votes.cast", host, fanToken(fan), `{"setlistSongId":${song}}`);
  }
  const tokenOf = remembering((fan) => peerToken(peerId("user", fan)));
  const idOf = remembering((song) => peerId("song", song));
  return (fan, song) => post("/vote", host, tokenOf(fan), `{"setlistSongId":"${idOf(song)}"}`);
}

function remembering(make: (n: number) => string): (n: number) => string {
  const made = new Map<number, string>();
  return (n) => {
    let text = made.get(n);
    if (text === undefined) made.set(n, (text = make(n)));
    return text;
  };
}

export function post(path: string, host: string, token: string, body: string): string {
  return (
    `POST ${path} HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${token}\r\n` +
    `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`
  );
}

export function get(path: string, host: string, headers = ""): string {
  return `GET ${path} HTTP/1.1\r\nHost: ${host}\r\n${headers}\r\n`;
}
