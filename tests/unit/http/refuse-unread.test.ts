import { once } from "node:events";
import { createServer } from "node:http";
import { connect, type AddressInfo, type Socket } from "node:net";
import { afterEach, expect, test } from "vitest";
import { PATIENCE, refuseUnread } from "#server/http/refuse-unread.ts";

const refusal = { status: 413, reason: "too_large", message: "At most 64 kB." };
const never = () => new Promise(() => {});
const HEAD = "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n";
/** 64 kB as a piece of a body in chunks. */
const PIECE = `10000\r\n${"x".repeat(65_536)}\r\n`;

let open: (() => void)[] = [];
afterEach(() => {
  for (const close of open) close();
  open = [];
});

/** A sender to a server that refuses everything. */
async function sender(wait: Parameters<typeof refuseUnread>[3]): Promise<{ socket: Socket; received: () => string; closed: Promise<unknown> }> {
  const server = createServer((req, res) => refuseUnread(req, res, refusal, wait)).listen(0, "127.0.0.1");
  await once(server, "listening");
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  open.push(() => (socket.destroy(), server.close()));
  let received = "";
  socket.on("data", (chunk: Buffer) => (received += chunk.toString()));
  // Hung up on while it sends.
  socket.on("error", () => {});
  return { socket, received: () => received, closed: new Promise((resolve) => socket.once("close", resolve)) };
}

test("who reads the answer only after sending megabytes gets it", async () => {
  for (let i = 0; i < 10; i += 1) {
    const { socket, received, closed } = await sender(never);
    socket.pause();
    await new Promise((sent) => socket.write(`${HEAD}${PIECE.repeat(40)}0\r\n\r\n`, sent));
    socket.resume();
    await closed;
    expect(received()).toMatch(/^HTTP\/1.1 413 .*"At most 64 kB\."\}\}$/s);
  }
});

test("the answer is whole before the body is", async () => {
  const { socket, received } = await sender(never);
  socket.write(HEAD + PIECE);
  while (!received().endsWith("}}")) await once(socket, "data");
  expect(received()).toMatch(/^connection: close\r$/m);
});

test("who sends without end is hung up on", async () => {
  const { socket, closed } = await sender(never);
  socket.write(HEAD);
  const send = () => void (socket.writable && socket.write(PIECE, send));
  send();
  await closed;
  // What the system holds between the two comes on top.
  expect(socket.bytesWritten).toBeLessThan(PATIENCE.bytes * 4);
});

test("who sends nothing more is hung up on after a while", async () => {
  let end = () => {};
  const { socket, received, closed } = await sender((ms) => {
    expect(ms).toBe(PATIENCE.ms);
    return new Promise<void>((resolve) => (end = resolve));
  });
  socket.write(HEAD + PIECE);
  while (!received().endsWith("}}")) await once(socket, "data");
  end();
  await closed;
});
