/** Comma-separated values by RFC 4180, read and written piece by piece: memory does not grow with the file. */

export type CsvError =
  | { reason: "half_line"; line: number }
  | { reason: "stray_quote"; line: number }
  | { reason: "cell_too_long"; line: number }
  | { reason: "other_encoding"; line: number };

/** A row and the line of the file, from 1, on which it begins. */
export interface CsvRow {
  line: number;
  cells: string[];
}

const LONGEST_CELL = 100_000;
/** What a spreadsheet would calculate, also behind the sign that keeps it from doing so. */
const FORMULA = /^'*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/u;

/** A line with its end. A cell that a spreadsheet would take for a formula gets an apostrophe before it, which `csvReader` takes off. */
export function csvLine(cells: string[]): string {
  // A line of one empty cell would be an empty line, which is no row.
  return cells.length === 1 && cells[0] === "" ? '""\r\n' : `${cells.map(cell).join(",")}\r\n`;
}

function cell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}

type Place = "start" | "plain" | "quoted" | "after_quote";

interface Reading {
  place: Place;
  /** A carriage return that may belong to a line feed in the next piece. */
  returned: boolean;
  line: number;
  begun: number;
  cell: string;
  cells: string[];
}

export interface CsvReader {
  /** The rows that end in this piece of the text. Throws `CsvFault`; after that nothing more is read. */
  push: (piece: string) => CsvRow[];
  /** The last row, where the text does not end with a line's end. Throws `CsvFault` if a quote is still open. */
  end: () => CsvRow[];
}

export class CsvFault extends Error {
  readonly error: CsvError;
  constructor(error: CsvError) {
    super(`${error.reason} on line ${error.line}`);
    this.error = error;
  }
}

export function csvReader(): CsvReader {
  const at: Reading = { place: "start", returned: false, line: 1, begun: 1, cell: "", cells: [] };
  let first = true;
  return {
    push(piece) {
      const text = first && piece.startsWith("\ufeff") ? piece.slice(1) : piece;
      if (piece !== "") first = false;
      const rows: CsvRow[] = [];
      for (const sign of text) step(at, sign, rows);
      return rows;
    },
    end() {
      if (at.place === "quoted") throw new CsvFault({ reason: "half_line", line: at.begun });
      const rows: CsvRow[] = [];
      if (at.cells.length > 0 || at.cell !== "" || at.place === "after_quote") endRow(at, rows);
      return rows;
    },
  };
}

function step(at: Reading, sign: string, rows: CsvRow[]): void {
  if (sign === "\0" || sign === "\ufffd") throw new CsvFault({ reason: "other_encoding", line: at.line });
  const returned = at.returned;
  at.returned = sign === "\r";
  if (at.place === "quoted") inQuotes(at, sign);
  else if (sign === "\n" && returned) return;
  else if (sign === "\n" || sign === "\r") endRow(at, rows);
  else if (sign === ",") endCell(at);
  else if (sign === '"') quote(at);
  else if (at.place === "after_quote") throw new CsvFault({ reason: "stray_quote", line: at.line });
  else add(at, sign, "plain");
}

function inQuotes(at: Reading, sign: string): void {
  if (sign === "\n") at.line += 1;
  if (sign === '"') at.place = "after_quote";
  else add(at, sign, "quoted");
}

/** A quote begins a cell, or is the second of two that stand for one. */
function quote(at: Reading): void {
  if (at.place === "plain") throw new CsvFault({ reason: "stray_quote", line: at.line });
  if (at.place === "after_quote") add(at, '"', "quoted");
  else at.place = "quoted";
}

function add(at: Reading, sign: string, place: Place): void {
  if (at.cell.length >= LONGEST_CELL) throw new CsvFault({ reason: "cell_too_long", line: at.line });
  at.cell += sign;
  at.place = place;
}

function endCell(at: Reading): void {
  at.cells.push(at.cell.startsWith("'") && FORMULA.test(at.cell) ? at.cell.slice(1) : at.cell);
  at.cell = "";
  at.place = "start";
}

/** Empty lines are no rows. */
function endRow(at: Reading, rows: CsvRow[]): void {
  const empty = at.cells.length === 0 && at.cell === "" && at.place === "start";
  if (!empty) {
    endCell(at);
    rows.push({ line: at.begun, cells: at.cells });
  }
  at.cells = [];
  at.line += 1;
  at.begun = at.line;
}
