import { expect, test } from "vitest";
import { isGone, nameOwner } from "#server/job-owner.ts";

const parts = () => nameOwner().split(" ");

test("a runner that is there is not taken for gone, one whose process has ended is", () => {
  expect(isGone(nameOwner())).toBe(false);
  const [host, namespace, , start, random] = parts();
  // Numbers of processes end below 4,194,304 on Linux.
  expect(isGone([host, namespace, 4_194_305, start, random].join(" "))).toBe(true);
});

test.runIf(process.platform === "linux")("a process that has the number of an ended one is not taken for it", () => {
  const [host, namespace, pid, start, random] = parts();
  expect(isGone([host, namespace, pid, Number(start) - 1, random].join(" "))).toBe(true);
});

test("of other machines, other containers and owners of another form nothing is known", () => {
  const [host, namespace, , start, random] = parts();
  expect(isGone(["elsewhere", namespace, 4_194_305, start, random].join(" "))).toBe(false);
  expect(isGone([host, "pid:[1]", 4_194_305, start, random].join(" "))).toBe(false);
  expect(isGone(`${host} 4194305 abcd`)).toBe(false);
  expect(isGone("the stage")).toBe(false);
});
