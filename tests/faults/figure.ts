/** What a fault test found: how often it was tried, survived, and what was lost. */
export interface Figure {
  fault: string;
  /** Times the fault was brought about. */
  tried: number;
  survived: number;
  /** Acknowledged votes that were not there afterwards. */
  lost: number;
  /** Further figures, such as "12,000 votes acknowledged". */
  measured: string[];
  /** Whatever was not as promised; empty when the program stood the test. */
  problems: string[];
}

/** The figures as a table of Markdown. */
export function toTable(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => {
    const measured = [...figure.measured, ...figure.problems.map((problem) => `**${problem}**`)].join("; ");
    return `| ${figure.fault} | ${figure.tried} | ${figure.survived} | ${figure.lost} | ${measured} |`;
  });
  return ["| fault | tried | survived | votes lost | measured |", "|---|---:|---:|---:|---|", ...rows].join("\n");
}

/** A whole number with its thousands apart. */
export function grouped(n: number): string {
  return Math.round(n).toLocaleString("en-US");
}

/** The 95th of 100 values, by size. */
export function p95(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.95))] ?? Number.NaN;
}
