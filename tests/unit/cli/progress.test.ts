import { expect, test } from "vitest";
import { progressOn, withBars } from "#server/cli/progress.ts";

function screen(isTTY: boolean) {
  const written: string[] = [];
  return { isTTY, columns: 60, written, write: (text: string) => written.push(text) };
}

test("on a terminal a bar grows in its line and goes away at the end", () => {
  const terminal = screen(true);
  let now = 0;
  const bar = progressOn(terminal, "Copying", () => now);
  bar.at(0, 200);
  now = 50;
  bar.at(20, 200);
  now = 150;
  bar.at(50, 200);
  bar.at(200, 200);
  bar.end();
  expect(terminal.written).toEqual([
    "\r\x1b[2KCopying [                        ] 0 %",
    "\r\x1b[2KCopying [======                  ] 25 %",
    "\r\x1b[2KCopying [========================] 100 %",
    "\r\x1b[2K",
  ]);
});

test("without a known end it counts", () => {
  const terminal = screen(true);
  progressOn(terminal, "Reading votes", () => 0).at(12_345);
  expect(terminal.written).toEqual(["\r\x1b[2KReading votes 12,345"]);
});

test("where stderr is no terminal it is quiet", () => {
  const file = screen(false);
  const bar = progressOn(file, "Copying", () => 0);
  bar.at(1, 2);
  bar.end();
  expect(file.written).toEqual([]);
});

test("work of several phases has a bar for each, and none is left behind where it fails", async () => {
  const told: string[] = [];
  const start = (what: string) => ({
    at: (done: number, total?: number) => void told.push(`${what} ${done}/${total ?? "?"}`),
    end: () => void told.push(`${what} ends`),
  });
  const done = withBars(start, async (follow) => {
    follow("Copying", 1, 2);
    follow("Copying", 2, 2);
    follow("Checking", 7);
    await Promise.reject(new Error("The disk is gone"));
  });
  await expect(done).rejects.toThrow("The disk is gone");
  expect(told).toEqual(["Copying 1/2", "Copying 2/2", "Copying ends", "Checking 7/?", "Checking ends"]);
});

test("a terminal that does not know its width gets the whole bar", () => {
  const terminal = { ...screen(true), columns: 0 };
  progressOn(terminal, "Copying", () => 0).at(1, 1);
  expect(terminal.written).toEqual(["\r\x1b[2KCopying [========================] 100 %"]);
});
