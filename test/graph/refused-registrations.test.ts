import { afterEach, describe, expect, it } from "vitest";
import { startGraph } from "../../simulators/graph/simulated-graph.js";
import { MODEL } from "../../simulators/tenant/sample-authenticators.js";
import { samplePasskey } from "../../simulators/tenant/sample-passkeys.js";
import { appGraph } from "../../src/graph/app-graph.js";
import { passkeySource } from "../../src/graph/passkey-source.js";
import { testCertificates } from "../setup/test-certificates.js";
import { fakeClock } from "./fake-clock.js";
import { GRAPH_AUDIENCE, SAMPLE_PEOPLE, simulatedSignIn } from "./simulated-sign-in.js";

const { alan, emmy } = SAMPLE_PEOPLE;
const running: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
});

type Readings = NonNullable<Parameters<typeof startGraph>[0]["readings"]>;

async function tried(readings: Readings) {
  const { tenant, entra, app } = await simulatedSignIn();
  const graph = await startGraph({ tenant, entra, certificates: await testCertificates(), readings });
  running.push(graph, entra);
  const at = { app, graphUrl: graph.url, graphAudience: GRAPH_AUDIENCE, clock: fakeClock() };
  const source = passkeySource(appGraph(at));
  const since = new Date(Date.now() - 1_000).toISOString();
  const passkey = samplePasskey(MODEL.titan, { seed: "alan", daysAgo: 0 });
  graph.refusePasskey(alan.id, passkey);
  // What went well is no refusal, and neither is what is not about a passkey.
  graph.registerPasskey(emmy.id, { ...passkey, id: "emmy's" });
  graph.disableUser(emmy.id);
  return { graph, refused: () => source.refusedSince(since) };
}

describe("registrations that the policy refused", () => {
  it("are not known where the audit log has no such entry", async () => {
    const { refused } = await tried({ refusedRegistrations: "not-logged" });
    expect(await refused()).toEqual({ refused: [], isWhole: true });
  });

  it.each(["accepted", "refused"] as const)(
    "are read with person and model, where the log has them and its filter by result is %s",
    async (auditResultFilter) => {
      for (const passkeyEntriesName of ["address", "id"] as const) {
        const { refused } = await tried({
          refusedRegistrations: "with-model",
          auditResultFilter,
          passkeyEntriesName,
        });
        const read = await refused();
        expect(read.isWhole).toBe(true);
        expect(new Set(read.refused.map(({ person }) => person))).toEqual(new Set([alan.id]));
        expect(read.refused.flatMap(({ aaguid }) => aaguid ?? [])).toEqual([MODEL.titan.aaguid]);
      }
    },
  );

  it("are read without a model where the log does not name it", async () => {
    const { refused } = await tried({ refusedRegistrations: "without-model" });
    const read = await refused();
    expect(read.refused.length).toBeGreaterThan(0);
    expect(read.refused.every(({ person, aaguid }) => person === alan.id && aaguid === undefined)).toBe(true);
    const now = Date.now();
    expect(read.refused.every(({ at = "" }) => Math.abs(now - Date.parse(at)) < 60_000)).toBe(true);
  });

  it("are asked for by result once only, where the log does not take that", async () => {
    const { graph, refused } = await tried({ refusedRegistrations: "with-model" });
    await refused();
    const after = graph.requests.length;
    await refused();
    const asked = graph.requests.slice(after).filter(({ path }) => path.includes("directoryAudits"));
    expect(asked.map(({ status }) => status)).toEqual([200, 200]);
  });
});
