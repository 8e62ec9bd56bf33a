import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      // Pure: no framework, no network, no disk.
      { test: { name: "core", include: ["test/core/**/*.test.ts"], environment: "node" } },
      {
        test: {
          name: "edges",
          include: ["test/**/*.test.ts"],
          exclude: ["test/core/**", "test/flow/**", "test/browser/**"],
          globalSetup: ["test/setup/certificates.ts"],
          pool: "forks",
        },
      },
      // Whole stories: the real bot as a process of its own, over HTTP, against the simulators.
      {
        test: {
          name: "flow",
          include: ["test/flow/**/*.test.ts", "test/browser/**/*.test.ts"],
          globalSetup: ["test/setup/certificates.ts", "test/setup/build.ts"],
          pool: "forks",
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
