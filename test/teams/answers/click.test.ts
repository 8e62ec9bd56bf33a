import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Fault, type SignInProblem } from "../../../src/core/errors.js";
import type { JsonObject } from "../../../src/core/json.js";
import { StrictTeamsAdapter } from "../../../src/teams/http/strict-adapter.js";
import { APP_ID_URI } from "../fake-channel.js";
import { ADA, findAction, GRACE, GROUP, GUEST, LINUS, type Pressing, TeamsWorld } from "../teams-world.js";

let world: TeamsWorld;
beforeEach(async () => {
  world = await TeamsWorld.start();
});
afterEach(() => world.stop());

const CARD = "application/vnd.microsoft.card.adaptive";
const MESSAGE = "application/vnd.microsoft.activity.message";
const LOGIN = "application/vnd.microsoft.activity.loginRequest";

const ask = () => world.say(ADA, "enable passkeys", GROUP);
const approve = async (person = GRACE, extra?: Pressing) =>
  world.press(person, "Approve", GROUP, extra ?? (await world.signedIn(person)));

describe("Approve", () => {
  beforeEach(ask);

  it("without a sign-in asks Teams for one, in the form Teams needs", async () => {
    const { status, body } = await approve(GRACE, {});
    expect(status).toBe(200);
    expect(body).toMatchObject({ statusCode: 401, type: LOGIN });
    expect(body.value.connectionName).not.toBe("");
    expect(body.value.tokenExchangeResource).toEqual({ id: expect.stringMatching(/.+/), uri: APP_ID_URI });
    expect(body.value.buttons).toMatchObject([
      { type: "signin", value: "https://latchkey.example/sign-in/link-1" },
    ]);
    expect(world.tenant.patches).toEqual([]);
  });

  it("asks with another id each time", async () => {
    const [one, two] = [await approve(GRACE, {}), await approve(GRACE, {})];
    expect(one.body.value.tokenExchangeResource.id).not.toBe(two.body.value.tokenExchangeResource.id);
  });

  it("with the clicker's sign-in writes the policy and shows it applied to everybody", async () => {
    const { status, body } = await approve();
    expect(status).toBe(200);
    expect(body).toMatchObject({ statusCode: 200, type: CARD });
    expect(JSON.stringify(body.value)).toContain("Applied and verified");
    expect(world.tenant.patches).toHaveLength(1);
    expect(JSON.stringify(world.card(GROUP))).toContain("In force since");
    expect(findAction(world.card(GROUP), "Approve")).toBeUndefined();
  });

  it("takes a version 1 token for the application id URI as well", async () => {
    const token = await world.channel.ssoToken(GRACE.id, { version: "v1" });
    expect((await approve(GRACE, { authentication: { token } })).body).toMatchObject({
      statusCode: 200,
      type: CARD,
    });
  });

  it("takes a token whose scope is one of several, and that says it is a person's", async () => {
    const claims = { scp: "openid access_as_user", idtyp: "user" };
    const token = await world.channel.ssoToken(GRACE.id, { claims });
    expect((await approve(GRACE, { authentication: { token } })).body).toMatchObject({ type: CARD });
  });

  it("by the person who asked is refused, and is not asked to sign in", async () => {
    world.tenant.roles.set(ADA.id, world.tenant.roles.get(GRACE.id) ?? []);
    const { body } = await approve(ADA, {});
    expect(body).toMatchObject({ statusCode: 200, type: MESSAGE });
    expect(body.value).toContain("You asked for plan #1 yourself");
  });

  it("by somebody without the role names the role and the way to it", async () => {
    const { body } = await approve(LINUS);
    expect(body.value).toContain("Authentication Policy Administrator");
    expect(body.value).toContain("activate it in PIM, then press Approve again");
    expect(body.value).toContain("https://entra.microsoft.com/#view/Microsoft_Azure_PIMCommon/");
  });

  it("by somebody without access is refused before anything is looked up", async () => {
    expect((await approve(GUEST)).body.value).toContain("administrator or reader role");
  });

  it("of a tenant that is not ours is refused politely, with HTTP 200", async () => {
    const action = findAction(world.card(GROUP), "Approve");
    const click = world.click(GRACE, action ?? { verb: "", data: {} }, GROUP, await world.signedIn(GRACE));
    const { status, body } = await world.channel.send({ ...click, channelData: { tenant: { id: "other" } } });
    expect({ status, type: body.type }).toEqual({ status: 200, type: MESSAGE });
    expect(world.tenant.patches).toEqual([]);
  });

  it("with somebody else's token writes nothing", async () => {
    const { body } = await approve(GRACE, await world.signedIn(LINUS));
    expect(body.value).toContain("belongs to another account");
    expect(world.tenant.patches).toEqual([]);
  });

  it.each<[string, () => Promise<string>]>([
    ["an expired token", () => world.channel.ssoToken(GRACE.id, { expiresIn: -3600 })],
    ["a token for another app", () => world.channel.ssoToken(GRACE.id, { audience: "other" })],
    ["a token of another tenant", () => world.channel.ssoToken(GRACE.id, { tenantId: "other" })],
    ["another issuer", () => world.channel.ssoToken(GRACE.id, { issuer: "https://evil.example" })],
    ["a token for another purpose", () => world.channel.ssoToken(GRACE.id, { claims: { scp: "Mail.Read" } })],
    ["a token that has no scope", () => world.channel.ssoToken(GRACE.id, { claims: { scp: undefined } })],
    [
      "a token for a scope that begins like ours",
      () => world.channel.ssoToken(GRACE.id, { claims: { scp: "access_as_user.read openid" } }),
    ],
    [
      "a list where scopes are text",
      () => world.channel.ssoToken(GRACE.id, { claims: { scp: ["access_as_user"] } }),
    ],
    [
      "an application's token",
      () => world.channel.ssoToken(GRACE.id, { claims: { scp: undefined, roles: ["x"], idtyp: "app" } }),
    ],
    [
      "an application's token with our scope",
      () => world.channel.ssoToken(GRACE.id, { claims: { idtyp: "app" } }),
    ],
    ["a token of no person", () => world.channel.ssoToken(GRACE.id, { claims: { oid: undefined } })],
    ["a forged token", () => world.channel.ssoToken(GRACE.id, { signing: "forged" })],
    ["garbage", async () => "not.a.token"],
  ])("with %s asks to sign in in a browser and writes nothing", async (_, token) => {
    const { status, body } = await approve(GRACE, { authentication: { token: await token() } });
    expect(status).toBe(200);
    expect(body).toMatchObject({ statusCode: 401, type: LOGIN });
    expect(body.value).not.toHaveProperty("tokenExchangeResource");
    expect(world.tenant.patches).toEqual([]);
    expect(world.tenant.store.plansByNumber.get(1)?.state.kind).toBe("waiting");
  });

  it.each<[string, object, RegExp]>([
    ["nbf", { validFrom: 600 }, /this machine's clock/],
    ["exp", { expiresIn: -3600 }, /this machine's clock/],
    ["aud", { audience: "other" }, /APP_ID_URI/],
    ["iss", { issuer: "https://evil.example" }, /TENANT_ID and CLOUD/],
    ["scp", { claims: { scp: "Mail.Read" } }, /access_as_user/],
  ])(
    "with a token whose %s does not fit says in the log which, and what to check",
    async (claim, options, check) => {
      const token = await world.channel.ssoToken(GRACE.id, options);
      await approve(GRACE, { authentication: { token } });
      const noted = world.logged.find(({ event }) => event === "token-invalid")?.detail;
      expect(noted).toMatchObject({ why: claim, check: expect.stringMatching(check) });
      expect(JSON.stringify(noted)).not.toContain(token);
    },
  );

  it.each<[SignInProblem, number, string]>([
    ["consent-missing", 401, "that takes consent"],
    ["mfa-required", 401, "second factor"],
    ["assertion-expired", 401, "too old"],
    ["conditional-access", 401, "Conditional Access"],
    ["app-credential-rejected", 200, "for the operator to repair"],
    ["unavailable", 200, "Entra did not answer"],
  ])("tells %s apart, and the plan stays open", async (problem, statusCode, words) => {
    world.tenant.signInProblem = problem;
    const { body } = await approve();
    expect(body.statusCode).toBe(statusCode);
    expect(JSON.stringify(body.value)).toContain(words);
    expect(world.tenant.store.plansByNumber.get(1)?.state.kind).toBe("waiting");
  });

  it("of an older revision, or of a plan that is decided or does not exist, is refused", async () => {
    const stale = { verb: "approve", data: { ...world.planData(1), revision: 9 } };
    const unknown = { verb: "approve", data: { ...world.planData(1), planId: 99 } };
    const send = async (action: { verb: string; data: JsonObject }) =>
      (await world.channel.send(world.click(GRACE, action, GROUP))).body;
    expect((await send(stale)).value).toContain("has changed");
    expect((await send(unknown)).value).toContain("no plan #99");
    await world.say(ADA, "cancel 1", GROUP);
    const decided = { verb: "approve", data: world.planData(1) };
    expect((await send(decided)).value).toContain("already cancelled by Ada Lovelace");
  });

  it("leaves no token in logs, cards or records", async () => {
    const token = await world.channel.ssoToken(GRACE.id);
    await approve(GRACE, { authentication: { token } });
    const written = world.channel.calls.map(({ body }) => body);
    const everything = JSON.stringify([world.logged, written, world.tenant.store.records]);
    for (const part of token.split(".")) expect(everything).not.toContain(part);
  });

  it("that takes long is answered in time, and the card follows", async () => {
    world.tenant.beforePatch = () => new Promise((resolve) => setTimeout(resolve, 4_600));
    const started = Date.now();
    const action = findAction(world.card(GROUP), "Approve") ?? { verb: "", data: {} };
    const { status, body } = await world.channel.send(
      world.click(GRACE, action, GROUP, await world.signedIn(GRACE)),
    );
    expect(Date.now() - started).toBeLessThan(5_000);
    expect({ status, type: body.type }).toEqual({ status: 200, type: MESSAGE });
    expect(body.value).toContain("Working on it");
    await world.bot.idle();
    expect(JSON.stringify(world.card(GROUP))).toContain("Applied and verified");
  });

  it("is answered in time when finding out who asks took most of it", async () => {
    const vouch = StrictTeamsAdapter.prototype.vouch;
    vi.spyOn(StrictTeamsAdapter.prototype, "vouch").mockImplementationOnce(async function (
      this: StrictTeamsAdapter,
      ...given
    ) {
      await new Promise((resolve) => setTimeout(resolve, 2_500));
      return vouch.apply(this, given);
    });
    world.tenant.beforePatch = () => new Promise((resolve) => setTimeout(resolve, 2_500));
    const started = Date.now();
    const action = findAction(world.card(GROUP), "Approve") ?? { verb: "", data: {} };
    const click = world.click(GRACE, action, GROUP, await world.signedIn(GRACE));
    expect((await world.channel.send(click)).body.value).toContain("Working on it");
    expect(Date.now() - started).toBeLessThan(4_700);
    await world.bot.idle();
    expect(JSON.stringify(world.card(GROUP))).toContain("Applied and verified");
  });

  it("that takes long and is refused in the end is answered a second time, by name", async () => {
    world.tenant.ports.actAs.onBehalfOf = async () => {
      await new Promise((resolve) => setTimeout(resolve, 4_200));
      return { kind: "sign-in-failed", problem: "consent-missing" };
    };
    expect((await approve()).body.value).toContain("Working on it");
    expect(world.texts(GROUP)).toEqual([expect.stringMatching(/^Grace Hopper: .*grants consent/)]);
  });

  it("when Entra's keys cannot be read is a no, and not the person's fault", async () => {
    world.channel.entra.discovery.down = true;
    const { body } = await approve();
    expect(body).toMatchObject({ statusCode: 200, type: MESSAGE });
    expect(body.value).toContain("Entra did not answer");
    expect(world.tenant.patches).toEqual([]);
    world.channel.entra.discovery.down = false;
    expect((await approve()).body).toMatchObject({ statusCode: 200, type: CARD });
  });

  it("that fails for a reason that was not foreseen says so without giving anything away", async () => {
    world.tenant.store.plans.find = async () => {
      throw new TypeError("secret internals");
    };
    const { status, body } = await approve();
    expect(status).toBe(200);
    expect(body).toMatchObject({ statusCode: 200, type: MESSAGE });
    expect(JSON.stringify(body)).not.toContain("secret internals");
    const [failed] = world.logged.filter(({ event }) => event === "answer-failed");
    expect(failed?.detail).toEqual({ what: "approve", error: new TypeError("secret internals") });
  });

  it("when the directory cannot be reached is a no", async () => {
    world.tenant.ports.directory.activeRoles = async () => {
      throw new Fault("graph-unreachable", "raw");
    };
    expect((await approve()).body.value).toContain("did not answer");
    expect(world.tenant.patches).toEqual([]);
  });
});
