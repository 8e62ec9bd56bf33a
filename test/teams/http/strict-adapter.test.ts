import { expect, it } from "vitest";
import { StrictTeamsAdapter } from "../../../src/teams/http/strict-adapter.js";

const CLIENT = "bbbbbbbb-0000-4000-8000-000000000001";

it("makes one client of the framework's token service, however many turns there are", async () => {
  const adapter = new StrictTeamsAdapter({
    clientId: CLIENT,
    tenantId: "aaaaaaaa-0000-4000-8000-000000000001",
    authorityHost: "https://login.example",
    botOpenIdMetadataUrl: "https://login.example/keys",
    botTokenIssuer: "https://api.botframework.com",
    botScope: "https://api.botframework.com/.default",
    botToken: async () => "token",
  });
  const clients = new Set<unknown>();
  const turn = { type: "message", serviceUrl: "https://teams.example", channelId: "msteams" };
  for (const text of ["one", "two"]) {
    const activity = { ...turn, text, conversation: { id: "chat" } } as Parameters<typeof adapter.run>[1];
    const vouched = adapter.authenticate(
      { authorization: "Bearer x", serviceUrl: turn.serviceUrl, endorsements: ["msteams"] },
      activity,
    );
    await adapter.run(vouched, activity, async (context) => {
      clients.add(context.turnState.get(adapter.UserTokenClientKey));
    });
  }
  expect(clients.size).toBe(1);
  expect(clients.has(undefined)).toBe(false);
});
