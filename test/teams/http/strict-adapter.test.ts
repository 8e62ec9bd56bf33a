import { expect, it } from "vitest";
import { StrictTeamsAdapter } from "../../../src/teams/http/strict-adapter.js";

const adapter = new StrictTeamsAdapter({
  clientId: "bbbbbbbb-0000-4000-8000-000000000001",
  botOpenIdMetadataUrl: "https://login.example/keys",
  botTokenIssuer: "https://api.botframework.com",
});
type Given = Parameters<typeof adapter.run>[0];
const activity = {
  type: "invoke",
  serviceUrl: "https://teams.example",
  channelId: "msteams",
  conversation: { id: "chat" },
} as Given;

it("hands on what a turn answered, and nothing where it answered nothing", async () => {
  const value = { status: 200, body: { statusCode: 200 } };
  const answered = adapter.run(activity, async (turn) => {
    await turn.sendActivity({ type: "invokeResponse", value });
  });
  expect(await answered).toEqual(value);
  expect(await adapter.run(activity, async () => {})).toBeUndefined();
});

it("writes nothing to the channel within a turn", async () => {
  const written = adapter.run(activity, async (turn) => {
    await turn.sendActivity("hello");
  });
  await expect(written).rejects.toThrow();
});

it("leaves the framework's own check of requests nothing to let in", async () => {
  const factory = adapter.credentialsFactory;
  expect(await factory.isAuthenticationDisabled()).toBe(false);
  expect(await factory.isValidAppId("bbbbbbbb-0000-4000-8000-000000000001")).toBe(false);
});
