import { execFileSync } from "node:child_process";
import { mkdirSync, statfsSync, writeFileSync } from "node:fs";
import { cpus, loadavg, release, totalmem } from "node:os";
import { dirname, resolve } from "node:path";
import { isMet, type Bar, type Figure } from "./figures.ts";
import type { BenchOptions } from "./options.ts";

const TMPFS = 0x01021994;

/** What the figures of one part were, for the table and the JSON. */
export interface PartReport {
  part: string;
  seconds: number;
  figures: Figure[];
}

/** The machine and the program under test, as far as figures depend on them. */
export function describeMachine(options: BenchOptions) {
  const inMemory = statfsSync(options.folder).type === TMPFS;
  return {
    at: new Date().toISOString(),
    commit: commit(),
    node: process.version,
    system: `${process.platform} ${release()}`,
    cpu: cpus()[0]?.model.trim() ?? "unknown",
    cores: cpus().length,
    memoryGB: Math.round(totalmem() / 1e9),
    loadBefore: loadavg()[0]!,
    folder: options.folder,
    warnings: inMemory ? [`${options.folder} is memory and not a disk: an fsync there costs nothing. Give --folder.`] : [],
  };
}

function commit(): string {
  try {
    const git = (args: string[]) => execFileSync("git", args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
    const changed = git(["status", "--porcelain", "--", "app", "server", "db", "jobs"]).trim() !== "";
    return git(["rev-parse", "--short", "HEAD"]).trim() + (changed ? " with changes" : "");
  } catch {
    return "not a git checkout";
  }
}

/** One part's figures as lines of a table. */
export function tableOf({ part, seconds, figures }: PartReport): string {
  const rows = figures.map((f) => [f.name, number(f.value), spreadOf(f), f.unit, f.bar ? barText(f.bar) : "", metText(f)]);
  const all = [["figure", "median", "lowest–highest", "unit", "bar", ""], ...rows];
  const widths = all[0]!.map((_, column) => Math.max(...all.map((row) => row[column]!.length)));
  const line = (row: string[]) =>
    row.map((cell, i) => (i === 1 || i === 2 ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!))).join("  ").trimEnd();
  const notes = figures.flatMap((f) => (f.note ? [`  ${f.name}: ${f.note}`] : []));
  return [`\n${part} (${Math.round(seconds)} s)`, ...all.map(line), ...notes].join("\n");
}

function spreadOf({ low, high, rounds }: Figure): string {
  if (low === undefined || high === undefined || (rounds ?? 1) < 2) return "";
  return `${number(low)}–${number(high)}`;
}

/** Three significant digits below 100, none behind the point above. */
function number(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (Number.isInteger(value) || Math.abs(value) >= 100) return Math.round(value).toLocaleString("en-GB");
  return value.toFixed(Math.abs(value) >= 10 ? 1 : 2);
}

function barText(bar: Bar): string {
  return "atLeast" in bar ? `≥ ${number(bar.atLeast)}` : `≤ ${number(bar.atMost)}`;
}

function metText(f: Figure): string {
  const met = isMet(f);
  if (met === null) return "";
  return met ? "met" : "NOT MET";
}

/** Writes everything as JSON and returns where. */
export function writeJson(
  machine: ReturnType<typeof describeMachine>,
  options: BenchOptions,
  parts: PartReport[],
): string {
  const path = resolve(options.json);
  mkdirSync(dirname(path), { recursive: true });
  const { seconds, rounds, memorySeconds } = options;
  const withMet = parts.map((part) => ({ ...part, figures: part.figures.map((f) => ({ ...f, met: isMet(f) })) }));
  writeFileSync(path, `${JSON.stringify({ machine, options: { seconds, rounds, memorySeconds }, parts: withMet }, null, 2)}\n`);
  return path;
}
