import { defineConfig } from "vitest/config";

interface Kind {
  /** Needs a copy of the migrated template database. */
  database?: boolean;
  /** Milliseconds for one test. */
  timeout?: number;
  /** What is made before the first test. */
  setup?: string[];
  /** After which others: those of one number run together, two files at once. */
  group?: number;
  /** One file at a time, after all groups: what is killed under load, and what counts on time that others would take. */
  alone?: boolean;
}

/** One project for each folder of tests/. */
const kinds: Record<string, Kind> = {
  unit: {},
  architecture: { timeout: 30_000 },
  api: { database: true, timeout: 15_000 },
  jobs: { database: true, timeout: 15_000 },
  realtime: { database: true, timeout: 20_000 },
  faults: { database: true, timeout: 60_000, alone: true },
  cli: { timeout: 60_000, group: 2 },
  examples: { database: true, timeout: 60_000, alone: true },
  e2e: { database: true, timeout: 60_000, group: 1 },
  deploy: { timeout: 90_000, alone: true, setup: ["./tests/binary/built-binary.ts"] },
  binary: { timeout: 60_000, group: 2, setup: ["./tests/binary/built-binary.ts"] },
};

function project(name: string, { database = false, setup = [], timeout = 5_000, group = 0, alone = false }: Kind) {
  return {
    extends: true as const,
    test: {
      name,
      include: [`tests/${name}/**/*.test.{ts,tsx}`],
      globalSetup: database ? ["./tests/support/template-database.ts", ...setup] : setup,
      testTimeout: timeout,
      hookTimeout: Math.max(timeout, 30_000),
      sequence: { groupOrder: alone ? 3 : group },
      ...(alone ? { fileParallelism: false } : {}),
    },
  };
}

export default defineConfig({
  test: {
    environment: "node",
    pool: "forks",
    maxWorkers: 2,
    setupFiles: ["./tests/support/console-guard.ts"],
    projects: Object.entries(kinds).map(([name, kind]) => project(name, kind)),
  },
});
