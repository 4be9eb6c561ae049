import { expect, test } from "vitest";
import { addShow } from "#server/domain/forecast/add-show.ts";
import { noAdaptation } from "#server/domain/forecast/adaptation.ts";
import { guarded, noteLists } from "#server/domain/forecast/guard.ts";
import { emptyHistory } from "#server/domain/forecast/history.ts";
import { standingsOf } from "#server/domain/forecast/standings.ts";
import { show } from "./stage.ts";

function stage() {
  const history = emptyHistory();
  for (let day = 0; day < 20; day += 1) addShow(history, show(day, day === 0 ? [1, 2, 3, 4] : [1, 2]));
  return { history, standings: standingsOf(history), adaptation: noAdaptation(), wrong: Float64Array.of(0.1, 0.1, 0.9, 0.9) };
}

test("where the forecast keeps failing, what is played most leads again", () => {
  const { history, standings, adaptation, wrong } = stage();
  noteLists(history, wrong, standings, adaptation.merits, new Set([1, 2]));
  expect(adaptation.merits).toEqual({ layer: 0, simple: 1 });
  const mended = guarded(wrong, standings, adaptation);
  expect(Math.min(mended[0]!, mended[1]!)).toBeGreaterThan(Math.max(mended[2]!, mended[3]!));
});

test("where the forecast is as good, it stays as it is", () => {
  const { history, standings, adaptation, wrong } = stage();
  const right = Float64Array.of(0.9, 0.9, 0.1, 0.1);
  noteLists(history, right, standings, adaptation.merits, new Set([1, 2]));
  expect(guarded(wrong, standings, adaptation)).toBe(wrong);
});
