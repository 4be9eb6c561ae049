import { createServer } from "node:net";
import type { AddressInfo } from "node:net";

const BODY = '{"result":{"data":{"verdict":"counted","votes":123,"tallyVersion":4567}}}';
const ANSWER = `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${BODY.length}\r\n\r\n${BODY}`;

// Each arrival is taken for one request and answered unread: what remains is the client's own cost.
const server = createServer({ noDelay: true }, (socket) => {
  socket.on("data", () => socket.write(ANSWER, "latin1"));
  socket.on("error", () => socket.destroy());
});
server.listen(0, "127.0.0.1", () => {
  process.send!({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
});
process.once("disconnect", () => process.exit(0));
