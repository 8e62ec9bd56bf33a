import { availableParallelism } from "node:os";
import { defineConfig, type TestProjectConfiguration } from "vitest/config";

/**
 * Real processes that are killed, starved and lied to. Takes minutes, so it is there only when it is named:
 * `npm run test:faults`.
 */
const faults = {
  test: {
    name: "faults",
    include: ["test/faults/**/*.test.ts"],
    globalSetup: ["test/setup/certificates.ts", "test/setup/build.ts", "test/faults/summary.ts"],
    pool: "forks",
    testTimeout: 600_000,
    hookTimeout: 120_000,
  },
} as const satisfies TestProjectConfiguration;

/** That a machine does other work beside is no finding of a test; one that hangs ends here. */
const PATIENT = { testTimeout: 300_000, hookTimeout: 300_000 };

/** Properties of the core, and the model of everything that may happen to a plan. */
const GENERATED = ["test/core/model/**/*.test.ts", "test/core/**/*-properties.test.ts"];

export default defineConfig({
  test: {
    // Most of the time of most tests is waiting for processes and timers, so a small machine can have more under way
    // than it has processors.
    maxWorkers: Math.max(3, availableParallelism() - 1),
    projects: [
      // Pure: no framework, no network, no disk. Nothing is patched, so the files may share what they import.
      {
        test: {
          name: "core",
          include: ["test/core/**/*.test.ts"],
          exclude: GENERATED,
          pool: "threads",
          isolate: false,
          ...PATIENT,
        },
      },
      // The same, on thousands of drawn cases; takes longer.
      { test: { name: "model", include: GENERATED, ...PATIENT } },
      {
        test: {
          name: "edges",
          include: ["test/**/*.test.ts"],
          exclude: ["test/core/**", "test/flow/**", "test/browser/**", "test/faults/**"],
          globalSetup: ["test/setup/certificates.ts", "test/setup/shared-postgres.ts"],
          pool: "forks",
          ...PATIENT,
        },
      },
      // Whole stories: the real bot as a process of its own, over HTTP, against the simulators.
      {
        test: {
          name: "flow",
          include: ["test/flow/**/*.test.ts", "test/browser/**/*.test.ts"],
          globalSetup: ["test/setup/certificates.ts", "test/setup/shared-postgres.ts", "test/setup/build.ts"],
          pool: "forks",
          ...PATIENT,
        },
      },
      ...(process.argv.some((word) => word.includes("faults")) ? [faults] : []),
    ],
  },
});
