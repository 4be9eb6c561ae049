import { createServer } from "node:http";
import { openSync } from "node:fs";
import { expect, test } from "vitest";
import { ConfigError, readConfig } from "#server/config/config.ts";
import { passedSocket } from "#server/config/passed-socket.ts";
import { listen } from "#server/listen.ts";

test.each([
  ["one socket for this process is the first descriptor after the standard ones", { LISTEN_PID: "77", LISTEN_FDS: "1" }, 3],
  ["one that was meant for a parent is not ours", { LISTEN_PID: "76", LISTEN_FDS: "1" }, null],
  ["none is none", { LISTEN_PID: "77", LISTEN_FDS: "0" }, null],
  ["without the variables there is none", {}, null],
])("%s", (_what, env, expected) => {
  expect(passedSocket(env, 77)).toBe(expected);
});

test("several are refused with what to do", () => {
  expect(() => passedSocket({ LISTEN_PID: "77", LISTEN_FDS: "2" }, 77)).toThrow(ConfigError);
  expect(() => passedSocket({ LISTEN_PID: "77", LISTEN_FDS: "2" }, 77)).toThrow("Leave one ListenStream=");
});

test("a descriptor that is no socket is refused with what to do", async () => {
  const fd = openSync("/dev/null", "r");
  await expect(listen(createServer(), readConfig({}), fd)).rejects.toThrow(/^Descriptor \d+, which LISTEN_FDS names, cannot be listened on \(.*\)\. Check ListenStream=/);
});
