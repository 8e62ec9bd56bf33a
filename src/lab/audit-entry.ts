import { Fault } from "../core/errors.js";
import { isJsonObject, type Json, type JsonObject } from "../core/json.js";
import type { GraphAnswer } from "../graph/graph-http.js";
import type { Patience } from "./lab-graph.js";
import type { RunPorts } from "./lab-run.js";
import { codeOf } from "./write-answer.js";

const AGAIN_AFTER_MS = 30_000;

interface Wait {
  /** ISO 8601. */
  readonly since: string;
  readonly waitMinutes: number;
}

/** The newest entry about the policy, waited for some minutes; or why there is none. */
export async function auditEntry(
  { graph, clock, stop, say }: RunPorts,
  patience: Patience,
  { since, waitMinutes }: Wait,
): Promise<JsonObject | string> {
  const until = clock.now().getTime() + waitMinutes * 60_000;
  const filter = `startswith(activityDisplayName,'Authentication Methods Policy') and activityDateTime ge ${since}`;
  const path = `/v1.0/auditLogs/directoryAudits?$filter=${encodeURIComponent(filter)}&$top=50`;
  for (let attempt = 1; ; attempt += 1) {
    const answer = await tried(() => graph.get(path, patience));
    if (answer === undefined) return "Graph gave no answer";
    if (answer.status !== 200) return `Graph answered ${answer.status} ${codeOf(answer)}`;
    const [newest] = entriesIn(answer);
    if (newest !== undefined) return newest;
    if (stop.isAsked || clock.now().getTime() >= until)
      return `the audit log had no entry of it within ${waitMinutes} minutes`;
    if (attempt === 1) say("The policy is in place. Waiting for the audit log; Ctrl-C ends the wait.");
    await stop.orAfter(clock, AGAIN_AFTER_MS);
  }
}

async function tried(read: () => Promise<GraphAnswer>): Promise<GraphAnswer | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Fault) return undefined;
    throw error;
  }
}

function entriesIn({ body }: GraphAnswer): readonly JsonObject[] {
  const value = body.kind === "json" ? (body.value as Json) : undefined;
  const rows = isJsonObject(value) && Array.isArray(value.value) ? value.value : [];
  return rows.filter((row: Json): row is JsonObject => isJsonObject(row));
}
