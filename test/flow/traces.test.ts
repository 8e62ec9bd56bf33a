import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { afterEach, expect, it } from "vitest";
import { SAMPLE_PEOPLE } from "../../simulators/tenant/sample-tenant.js";
import { openStage, type Stage } from "./stage.js";
import { eventually } from "./teams.js";

const { ada } = SAMPLE_PEOPLE;

/** A span as OTLP has it in JSON. */
interface Span {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly attributes: readonly { readonly key: string; readonly value: Readonly<Record<string, unknown>> }[];
}
interface Export {
  readonly resourceSpans: readonly { readonly scopeSpans: readonly { readonly spans: readonly Span[] }[] }[];
}

let stage: Stage | undefined;
let collector: Server | undefined;
afterEach(async () => {
  await stage?.close();
  collector?.close();
});

it("a collector gets a trace of an activity with its calls to Graph, the correlation of the log in it, and no name", async () => {
  const spans: Span[] = [];
  const paths = new Set<string | undefined>();
  collector = createServer(async (request, response) => {
    paths.add(request.url);
    const { resourceSpans } = (await json(request)) as Export;
    for (const { scopeSpans } of resourceSpans) for (const scope of scopeSpans) spans.push(...scope.spans);
    response.writeHead(200, { "content-type": "application/json" }).end("{}");
  }).listen(0, "127.0.0.1");
  await once(collector, "listening");
  const { port } = collector.address() as AddressInfo;
  stage = await openStage({
    env: {
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
      APPLICATIONINSIGHTS_CONNECTION_STRING: "InstrumentationKey=a-key-of-nobody",
    },
  });
  await stage.teams.say(ada, "show policy");
  const [activity, ofGraph] = await eventually(
    () => {
      const activity = spans.find(({ name }) => name === "activity message");
      const ofGraph = spans.find(
        ({ name, parentSpanId }) => name === "Graph GET" && parentSpanId === activity?.spanId,
      );
      return activity && ofGraph && ([activity, ofGraph] as const);
    },
    () => `a trace; there are ${JSON.stringify(spans)}`,
  );
  expect([...paths]).toEqual(["/v1/traces"]);
  expect(ofGraph.traceId).toBe(activity.traceId);
  const of = (span: Span, key: string) => span.attributes.find((each) => each.key === key)?.value;
  const correlation = of(activity, "latchkey.correlation")?.stringValue;
  expect(stage.bot.output).toContain(`"correlation":"${correlation}"`);
  expect(of(ofGraph, "http.response.status_code")).toEqual({ intValue: 200 });
  expect(JSON.stringify(spans)).not.toContain(ada.name);
  expect(stage.bot.output).toMatch(
    /setting-without-effect.*APPLICATIONINSIGHTS_CONNECTION_STRING.*azuremonitor exporter/,
  );
  expect(stage.bot.output).not.toContain("a-key-of-nobody");
  expect(await stage.bot.stop()).toBe(0);
});
