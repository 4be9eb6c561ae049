import { expect, test } from "vitest";
import { pathOf } from "../../../app/ui/line-chart.tsx";

test("what is not known is a gap in a line and not a fall to nothing", () => {
  const points = [0.5, 1, null, 0.25, null, null].map((y, x) => ({ x, y }));
  expect(pathOf(points, { from: 0, to: 5 }, 1)).toBe("M0 50L20 0M60 75h0.01");
  expect(pathOf([{ x: 0, y: null }], { from: 0, to: 5 }, 1)).toBe("");
});
