import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { scanOnce } from "../../../bench/scan/own-scan.js";
import { type SimulatedDirectory, startDirectory } from "../../../bench/simulated-directory.js";
import { testCertificates } from "../../setup/test-certificates.js";

let directory: SimulatedDirectory;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "latchkey-bench-test-"));
  directory = await startDirectory({ people: 1_000, seed: 4, certificates: await testCertificates() });
});
afterAll(async () => {
  await directory.close();
  await rm(folder, { recursive: true });
});

test("the scan that is measured finds everybody, and the one after it asks for little", async () => {
  const scan = () => {
    const { tenant, graph, entraUrl } = directory;
    return scanOnce({ ...tenant, entraUrl, graphUrl: graph.url }, folder);
  };
  const { inventory: first } = await scan();
  const { models, keyholders } = directory.answer({ do: "truth" });
  expect(first).toMatchObject({ kind: "full", keyholders, unreadCount: 0 });
  expect(first.models.map(({ aaguid }) => aaguid).sort()).toEqual(models);

  const asked = directory.graph.counts.counted;
  directory.answer({ do: "change", people: 2 });
  directory.answer({ do: "reset" });
  const { inventory: second } = await scan();
  expect(second).toMatchObject({ kind: "changes", keyholders: directory.answer({ do: "truth" }).keyholders });
  expect(directory.graph.counts.counted).toBeLessThan(asked / 20);
});
