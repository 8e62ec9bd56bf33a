import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MODEL } from "../../simulators/tenant/sample-authenticators.js";
import { SAMPLE_GROUPS } from "../../simulators/tenant/sample-groups.js";
import { type SamplePolicyName, samplePolicy } from "../../simulators/tenant/sample-policies.js";
import { SAMPLE_PEOPLE } from "../../simulators/tenant/sample-tenant.js";
import { GRAPH_METADATA } from "../metadata/graph-metadata.js";
import { judgeExchange } from "../metadata/judge-exchange.js";
import { testCertificates } from "../setup/test-certificates.js";
import { cardProblems } from "../teams/cards/adaptive-card-schema.js";
import { publishedSchema } from "../teams/cards/published-schema.js";
import { cardsSent } from "./cards-sent.js";
import { type RecordingProxy, startRecordingProxy } from "./recording-proxy.js";
import { becomes, finishedScan } from "./scan-facts.js";
import { openStage, type Stage, type StageOptions } from "./stage.js";
import { eventually, type Message, wholeText } from "./teams.js";

const { ada, emmy, grace, katherine } = SAMPLE_PEOPLE;
const ROOM = { id: "19:secops@thread.tacv2", kind: "channel" } as const;
let stage: Stage;
let proxy: RecordingProxy;
/** Cards that came back as the answer to a press. */
const answered: unknown[] = [];

async function open(tenant: StageOptions["tenant"] = {}): Promise<void> {
  const certificates = await testCertificates();
  stage = await openStage({
    tenant: { people: 60, ...tenant },
    throughProxy: async (graphUrl) => {
      proxy = await startRecordingProxy(graphUrl, certificates);
      return proxy.url;
    },
  });
  await stage.teams.say(grace, "approvals here", ROOM);
  await stage.teams.findText(ROOM, /posted here from now on/);
}

async function close(): Promise<void> {
  await stage?.close();
  await proxy?.close();
}

/** What is posted in the room when Ada says it. */
async function answerTo(text: string, fits: RegExp = /./): Promise<Message> {
  const { teams } = stage;
  const seen = teams.messages.length;
  await teams.say(ada, text, ROOM);
  const look = () =>
    teams.messages
      .slice(seen)
      .find(({ conversation, ...said }) => conversation === ROOM.id && fits.test(wholeText(said)));
  return eventually(look, () => `an answer to ${text} with ${fits}`);
}

/** Ada says it, Grace approves it, and it is read back. @returns the number of the plan */
async function apply(text: string): Promise<number> {
  const plan = await answerTo(text, /Plan #\d+/);
  const { type, value } = await stage.teams.press(grace, plan, "Approve");
  if (type?.endsWith("card.adaptive")) answered.push(value);
  await becomes(stage, plan, /Applied and verified/);
  return Number(/Plan #(\d+)/.exec(wholeText(plan))?.[1]);
}

const POLICY = "/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/fido2";
/** What has to be among what was judged, so that nothing was found because nothing was asked. */
const ASKED_ANYWHERE = [
  `GET ${POLICY}`,
  `PATCH ${POLICY}`,
  "GET /auditLogs/directoryAudits",
  "GET /directoryRoles(roleTemplateId='{id}')/members",
  "GET /reports/authenticationMethods/userRegistrationDetails",
  "GET /users",
  "GET /users/$count",
  "GET /users/{id}",
  "GET /users/{id}/authentication/fido2Methods",
  "GET /users/{id}/transitiveMemberOf/microsoft.graph.directoryRole",
  "POST /$batch",
];
const ASKED_ABOUT_GROUPS = [
  "GET /groups",
  "GET /groups/{id}",
  "GET /groups/{id}/transitiveMembers/microsoft.graph.user",
];

/** What was asked, of whomever it was: `GET /users/{id}`. */
function kindsOf({ exchanges }: RecordingProxy): ReadonlySet<string> {
  const kinds = exchanges.map(({ method, target }) => {
    const path = target.replace(/\?.*/s, "").replace("/v1.0", "");
    return `${method} ${path.replace(/\/(users|groups)\/(?!\$)[^/]+/, "/$1/{id}").replace(/='[^']+'/, "='{id}'")}`;
  });
  return new Set(kinds);
}

/** Nothing that went over the wire may be unknown to Graph's metadata. */
function expectTrueToGraph(): void {
  const verdicts = proxy.exchanges.flatMap((each) => judgeExchange({ metadata: GRAPH_METADATA }, each));
  expect([...new Set(verdicts)]).toEqual([]);
}

const PLANS: readonly (readonly [SamplePolicyName, readonly string[]])[] = [
  ["never-enabled", ["enable passkeys for group Pilot"]],
  ["never-enabled", ["enable passkeys"]],
  ["paused-pilot", ["enable passkeys", "enable passkeys only for group Helpdesk"]],
  [
    "legacy-allow",
    [
      `allow ${MODEL.titan.aaguid}`,
      "allow keys in use",
      `remove ${MODEL.securityKeyNfc.aaguid}`,
      "exclude group Pilot",
      "include group Pilot again",
      "enable passkeys unrestricted",
      "disable passkeys",
    ],
  ],
  ["legacy-block", [`allow ${MODEL.authenticatorAndroid.aaguid}`, "enable passkeys with allow list"]],
  ["legacy-open", ["enable passkeys with attestation", "enable passkeys without attestation"]],
  [
    "profiles",
    [
      "enable passkeys",
      `allow ${MODEL.onePassword.aaguid} in profile Synced`,
      "add group Helpdesk in profile Synced",
      "remove group Helpdesk",
      "disable passkeys",
    ],
  ],
  [
    "profiles-full",
    [
      `allow ${MODEL.yubikey5cNano.aaguid} with device-bound passkeys in profile Synced`,
      `remove ${MODEL.googlePasswords.aaguid} from profile Synced`,
    ],
  ],
  ["profiles-block", ["allow keys in use"]],
  ["profiles-disabled", ["enable passkeys"]],
];

const QUESTIONS: readonly string[] = [
  "show policy",
  "status",
  "profiles",
  "keys in use",
  `who uses ${MODEL.yubikey5Nfc54.aaguid}`,
  "who has no passkey",
  "show Emmy Noether",
  "who can approve",
  "what would happen if I disable passkeys",
  "is Titan allowed",
  `allow only ${MODEL.yubikey5Nfc54.aaguid}`,
  "drift",
  "history",
  "evidence 1",
  "help",
];

describe("what Latchkey and Graph say to each other", () => {
  beforeAll(() => open());
  afterAll(close);

  it("is a scan of everybody, and then of what changed", async () => {
    const { teams, graph, tenant } = stage;
    await teams.say(ada, "scan all");
    await finishedScan(stage, teams.chatOf(ada));
    const [passkey] = tenant.users.get(emmy.id)?.passkeys ?? [];
    if (passkey === undefined) throw new Error("Emmy has no passkey");
    graph.registerPasskey(katherine.id, { ...passkey, id: "another" });
    const reports = graph.requests.length;
    await teams.say(ada, "scan", ROOM);
    await finishedScan(stage, ROOM);
    expect(graph.requests.slice(reports).some(({ path }) => path.includes("directoryAudits"))).toBe(true);
  });

  it.each(PLANS)("is every change of a policy like %s: %j", async (policy, commands) => {
    stage.tenant.policy = samplePolicy(policy);
    for (const command of commands) await apply(command);
  });

  it("is what takes a change back", async () => {
    stage.tenant.policy = samplePolicy("legacy-allow");
    const number = await apply("allow keys in use");
    await apply(`undo ${number}`);
  });

  it("is a drift that is put back", async () => {
    stage.graph.portalEdit(katherine.id, (policy) => {
      policy.excludeTargets.push({ id: SAMPLE_GROUPS.breakGlass, targetType: "group" });
    });
    const found = await answerTo("drift", /Drift \d+/);
    const number = /Drift (\d+)/.exec(wholeText(found))?.[1];
    await apply(`put back drift ${number}`);
  });

  it.each(QUESTIONS)("is the answer to %s", async (question) => {
    expect(wholeText(await answerTo(question))).not.toBe("");
  });

  it("is as Graph's metadata has it, and all kinds of it were there", () => {
    expectTrueToGraph();
    const kinds = kindsOf(proxy);
    expect([...ASKED_ANYWHERE, ...ASKED_ABOUT_GROUPS].filter((kind) => !kinds.has(kind))).toEqual([]);
  });

  it("comes to Teams as cards of Microsoft's schema", async (ctx) => {
    expect(answered.length).toBeGreaterThan(10);
    const cards = [...cardsSent(stage.teams), ...answered];
    expect(cards.length).toBeGreaterThan(50);
    expect(cards.flatMap(cardProblems)).toEqual([]);
    const problems = await publishedSchema();
    if (problems === undefined) return ctx.skip("skipped: not present");
    expect(cards.flatMap(problems)).toEqual([]);
  });
});

describe("what they say in a tenant without a licence for reports", () => {
  beforeAll(() => open({ premium: false, policy: "never-enabled" }));
  afterAll(close);

  it("is as Graph's metadata has it", async () => {
    await apply("enable passkeys");
    await apply("disable passkeys");
    expectTrueToGraph();
    const kinds = kindsOf(proxy);
    expect([...ASKED_ANYWHERE, "GET /users"].filter((kind) => !kinds.has(kind))).toEqual([]);
  });
});
