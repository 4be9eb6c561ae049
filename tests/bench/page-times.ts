import { get, type IncomingMessage } from "node:http";
import { createTheSetClient } from "#server/client.ts";
import type { Stock } from "./stock.ts";

function open(url: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    get(url, resolve).once("error", reject);
  });
}

/** Milliseconds from asking for a show page to its first byte, one after another. */
export async function firstByteTimes(url: string, stock: Stock, count: number): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < count; i += 1) {
    const sent = performance.now();
    const response = await open(`${url}/shows/${stock.shows[i % stock.shows.length]!.slug}`);
    response.once("data", () => times.push(performance.now() - sent));
    await new Promise((resolve) => response.once("end", resolve));
    if (response.statusCode !== 200) throw new Error(`The show page answered ${response.statusCode}`);
  }
  return times.slice(Math.floor(count / 10));
}

/** Milliseconds from sending a vote to its frame at another open page of the show. */
export async function voteToViewerTimes(url: string, stock: Stock, count: number): Promise<number[]> {
  const show = stock.shows[0]!;
  const stream = await open(`${url}/shows/${show.slug}/live`);
  let [newest, at] = [0, 0];
  let wake = () => {};
  stream.on("data", (chunk: Buffer) => {
    for (const match of String(chunk).matchAll(/^id: (\d+)$/gm)) [newest, at] = [Number(match[1]), performance.now()];
    wake();
  });
  const times: number[] = [];
  for (let i = 0; i < count; i += 1) {
    const client = createTheSetClient({ url, token: stock.tokens[i]! });
    const sent = performance.now();
    const { tallyVersion } = await client.votes.cast.mutate({ setlistSongId: show.setlistSongIds[i % 40]! });
    // A newer tally in its place, of votes held back meanwhile, has it too.
    while (newest < tallyVersion) await new Promise<void>((resolve) => (wake = resolve));
    times.push(at - sent);
  }
  stream.destroy();
  return times;
}
