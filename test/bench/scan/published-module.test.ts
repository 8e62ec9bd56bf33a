import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Refused, readAsPublishedModule } from "../../../bench/scan/published-module.js";
import { registeredApp } from "../../../bench/scan/registered-app.js";
import { type SimulatedDirectory, startDirectory } from "../../../bench/simulated-directory.js";
import { readableKeyholders } from "../../../simulators/tenant/big-tenant.js";
import { testCertificates } from "../../setup/test-certificates.js";

describe("the baseline", () => {
  let directory: SimulatedDirectory;
  beforeAll(async () => {
    directory = await startDirectory({
      people: 1_000,
      seed: 4,
      certificates: await testCertificates(),
      alsoReportedAs: "passKeyDeviceBound",
    });
  });
  afterAll(() => directory.close());

  const run = async (refused?: Refused) => {
    const { tenant, graph, entraUrl } = directory;
    const { app, audience } = registeredApp({ ...tenant, entraUrl, graphUrl: graph.url });
    return readAsPublishedModule(graph.url, await app.token(`${audience}/.default`), refused);
  };
  const truth = () => directory.answer({ do: "truth" });

  test("finds everybody while Graph refuses nothing, and of each the passkeys on the first page", async () => {
    directory.answer({ do: "reset" });
    const found = await run();
    const { keyholders } = truth();
    expect(found.people).toBe(keyholders);
    const firstPages = readableKeyholders(directory.tenant).flatMap(({ passkeys }) => passkeys.slice(0, 5));
    expect(found.models).toEqual(new Set(firstPages.map(({ aaGuid }) => aaGuid.toLowerCase())));
    // The report's pages of a hundred, and batches of twenty people.
    const { http, counted } = directory.graph.counts;
    const pages = Math.ceil((keyholders as number) / 100);
    expect(http).toBeLessThanOrEqual(pages + 1 + Math.ceil((counted - pages) / 20));
  });

  test("leaves out whoever Graph refused, without a word, and does not ask again", async () => {
    directory.answer({ do: "reset" });
    directory.answer({ do: "throttle", requests: 60, perSeconds: 600 });
    const found = await run();
    directory.answer({ do: "throttle" });
    const { throttled, counted } = directory.graph.counts;
    expect(throttled).toBe(counted - 60);
    expect(found.people).toBeLessThan(60);
    expect(found.models.size).toBeLessThan((truth().models as readonly string[]).length);
  });

  test("that asks again waits, and finds those who were refused", async () => {
    const { refused } = directory.answer({ do: "refuse", share: 0.1, retryAfterSeconds: 1 });
    directory.answer({ do: "reset" });
    expect((await run("asked again")).people).toBe(truth().keyholders);
    expect(directory.graph.counts.throttled).toBe(refused);
    directory.answer({ do: "refuse", share: 0.1, retryAfterSeconds: 1 });
    expect((await run()).people).toBe((truth().keyholders as number) - (refused as number));
    directory.answer({ do: "refuse", share: 0, retryAfterSeconds: 0 });
  });
});
