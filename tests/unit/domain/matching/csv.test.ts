import fc from "fast-check";
import { expect, test } from "vitest";
import { CsvFault, csvLine, csvReader, type CsvRow } from "#server/domain/matching/csv.ts";

function read(...pieces: string[]): CsvRow[] {
  const reader = csvReader();
  return [...pieces.flatMap(reader.push), ...reader.end()];
}

function fault(...pieces: string[]): unknown {
  try {
    return read(...pieces);
  } catch (error) {
    return error instanceof CsvFault ? error.error : error;
  }
}

test("quotes, commas and line breaks within cells are read, and lines are counted as an editor does", () => {
  expect(read('a,"b, ""c""",\r\n"two\r\nlines",x\n\nlast,""')).toEqual([
    { line: 1, cells: ["a", 'b, "c"', ""] },
    { line: 2, cells: ["two\r\nlines", "x"] },
    { line: 5, cells: ["last", ""] },
  ]);
});

test("a byte order mark and any kind of line end are taken", () => {
  expect(read("\ufeffa,b\rc,d\ne,f").map(({ cells }) => cells)).toEqual([["a", "b"], ["c", "d"], ["e", "f"]]);
});

test("what breaks off, or was never such a file, is named with its line", () => {
  expect(fault('a,b\n"half')).toEqual({ reason: "half_line", line: 2 });
  expect(fault('a,b\nx"y,z')).toEqual({ reason: "stray_quote", line: 2 });
  expect(fault('a\n"b"c')).toEqual({ reason: "stray_quote", line: 2 });
  expect(fault("a\nNor\ufffd")).toEqual({ reason: "other_encoding", line: 2 });
  expect(fault("a\0,b\0")).toEqual({ reason: "other_encoding", line: 1 });
  expect(fault(`"${"x".repeat(200_000)}"`)).toEqual({ reason: "cell_too_long", line: 1 });
});

test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "'=1"])("%j is no formula in a spreadsheet, and comes back as it was", (text) => {
  expect(csvLine([text])).toMatch(/^"?'/);
  expect(read(csvLine([text, "x"]))[0]!.cells).toEqual([text, "x"]);
});

test("whatever was written is read again, in pieces of any size", () => {
  const sign = fc.constantFrom('"', ",", "\n", "\r", "'", "=", "-", " ", "\t", "é", "🎉", "a", "\ufeff");
  const text = fc.oneof(fc.array(sign, { maxLength: 6 }).map((signs) => signs.join("")), fc.string());
  fc.assert(
    fc.property(fc.array(fc.array(text, { minLength: 1, maxLength: 4 }), { maxLength: 5 }), fc.integer({ min: 1, max: 7 }), (rows, size) => {
      const whole = csvLine(["head"]) + rows.map(csvLine).join("");
      if (/[\0\ufffd]/.test(whole)) return;
      const pieces = Array.from({ length: Math.ceil(whole.length / size) }, (_, at) => whole.slice(at * size, (at + 1) * size));
      expect(read(...pieces).map(({ cells }) => cells)).toEqual([["head"], ...rows]);
    }),
    { numRuns: 500 },
  );
});

test("50,000 rows go through without being kept", () => {
  const reader = csvReader();
  let count = 0;
  let most = 0;
  for (let at = 0; at < 50_000; at += 1) {
    const rows = reader.push(csvLine([`=row ${at}`, `says "hello",\nand more`, "x".repeat(40)]));
    most = Math.max(most, rows.length);
    count += rows.length;
    expect(rows[0]!.cells[0]).toBe(`=row ${at}`);
  }
  expect([count, most, reader.end()]).toEqual([50_000, 1, []]);
});
