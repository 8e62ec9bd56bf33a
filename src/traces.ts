import { context, type Span, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BasicTracerProvider, BatchSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { correlation } from "./async/correlation.js";
import { type Facts, type Watch, watchBy } from "./async/watched.js";

export interface Traces {
  /** Sends what is left. */
  stop(): Promise<void>;
}

/**
 * Sends what is watched as OpenTelemetry spans to a collector, by OTLP over HTTP. A collector that does not answer holds
 * nothing up: what it does not take is dropped.
 * @param endpoint without `/v1/traces`
 */
export function startTraces({ endpoint, version }: { endpoint: string; version: string }): Traces {
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ "service.name": "latchkey", "service.version": version }),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter({ url: `${endpoint}/v1/traces` }))],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const tracer = provider.getTracer("latchkey", version);
  const watch: Watch = (name, facts, work) => {
    const span = tracer.startSpan(name, { kind: kindOf(name), attributes: attributesOf(facts) });
    return context.with(trace.setSpan(context.active(), span), () => ended(span, work));
  };
  const end = watchBy(watch);
  return {
    async stop() {
      end();
      context.disable();
      await provider.shutdown();
    },
  };
}

async function ended<T>(span: Span, work: (add: (more: Facts) => void) => Promise<T>): Promise<T> {
  try {
    return await work((more) => span.setAttributes({ ...more }));
  } catch (error) {
    // Its kind alone: a message may hold what came from outside.
    span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : "" });
    throw error;
  } finally {
    span.end();
  }
}

/** A call to Graph goes out, an activity comes in. */
const kindOf = (name: string): SpanKind => (name.startsWith("Graph ") ? SpanKind.CLIENT : SpanKind.SERVER);

function attributesOf(facts: Facts): Facts {
  const id = correlation()?.id;
  return id === undefined ? facts : { ...facts, "latchkey.correlation": id };
}
