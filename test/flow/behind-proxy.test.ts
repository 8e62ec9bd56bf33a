import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { SAMPLE_PEOPLE } from "../../simulators/tenant/sample-tenant.js";
import { type ConnectProxy, startConnectProxy } from "../outbound/connect-proxy.js";
import { openStage, type Stage } from "./stage.js";
import { eventually, wholeText } from "./teams.js";

const { ada, grace } = SAMPLE_PEOPLE;
/** Nobody but the proxy knows a machine of this name. */
const DOMAIN = "behind-proxy.test";

describe("behind a company's proxy, with no other way out", () => {
  let proxy: ConnectProxy;
  let stage: Stage;
  beforeAll(async () => {
    proxy = await startConnectProxy(DOMAIN);
    stage = await openStage({
      domain: DOMAIN,
      tenant: { people: 10 },
      env: { HTTPS_PROXY: proxy.url, FIDO_METADATA_URL: "https://mds.example/" },
    });
    await stage.teams.install(grace);
  });
  afterAll(async () => {
    await stage?.close();
    await proxy?.close();
  });

  it("a change is planned on a scan, approved, written and read back", async () => {
    const { teams, graph } = stage;
    await teams.say(ada, "scan");
    await teams.findText(teams.chatOf(ada), "Everybody who was asked about could be read");
    await teams.say(ada, "enable passkeys");
    const shown = await teams.findText(teams.chatOf(grace), "Plan #1");
    expect(await teams.press(grace, shown, "Approve")).toMatchObject({ statusCode: 200, signedIn: true });
    await eventually(
      () => wholeText(teams.current(shown)).includes("Applied and verified") || undefined,
      () => `the card to say applied; it says ${wholeText(teams.current(shown))}`,
    );
    expect(graph.patches()).toHaveLength(1);
  });

  it("everything was asked for through it: Entra, the channel's keys, Graph, Teams and the metadata", async () => {
    await eventually(
      () => proxy.asked.includes("mds.example:443") || undefined,
      () => "the metadata to be asked for",
    );
    const hosts = new Set(proxy.asked.map((target) => target.replace(/:\d+$/, "")));
    expect([...hosts].sort()).toEqual([
      `graph.${DOMAIN}`,
      `login.${DOMAIN}`,
      "mds.example",
      `teams.${DOMAIN}`,
    ]);
  });

  it("the log says which proxy is used, and not with which password", () => {
    const { output } = stage.bot;
    expect(output).toContain('"event":"proxy-in-use"');
    expect(output).toContain(new URL(proxy.url).host);
    expect(output).not.toMatch(/p%40ss|p@ss/);
  });
});

describe("a proxy that is set wrong", () => {
  let stage: Stage | undefined;
  afterEach(async () => {
    await stage?.close();
    stage = undefined;
  });

  /** A bot that is to go out by this address, and its log as soon as that says so. */
  async function logOf(address: string, words: RegExp): Promise<string> {
    stage = await openStage({ domain: DOMAIN, tenant: { people: 3 }, env: { HTTPS_PROXY: address } });
    const { bot } = stage;
    return eventually(
      () => (words.test(bot.output) ? bot.output : undefined),
      () => `${words} in the log:\n${bot.output}`,
    );
  }

  it("is named in the log with what it says, and not with the password, as soon as something goes out", async () => {
    const proxy = await startConnectProxy(DOMAIN);
    const wrong = new URL(proxy.url);
    wrong.password = "not-the-password";
    const said = await logOf(wrong.href, /the proxy answered 407/);
    await proxy.close();
    expect(said).not.toContain("not-the-password");
  });

  it("is named in the log with its address where nothing listens", async () => {
    const { port } = new URL(await nothingThere());
    await logOf(`http://127.0.0.1:${port}`, new RegExp(`ECONNREFUSED 127.0.0.1:${port}`));
  });
});

/** An address at which something listened until now. */
async function nothingThere(): Promise<string> {
  const gone = await startConnectProxy(DOMAIN);
  await gone.close();
  return gone.url;
}
