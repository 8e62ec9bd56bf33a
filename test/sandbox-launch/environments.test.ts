import { describe, expect, it } from "vitest";
import { type BotSurroundings, botEnvironment } from "../../src/sandbox/launch/environments.js";

/** What the environment is made of, and nothing that serves. */
const AROUND = {
  tenant: { clientId: "client", tenantId: "tenant", clientSecret: "secret" },
  entra: { url: "https://entra", channel: { openIdMetadataUrl: "https://keys", issuer: "https://issuer" } },
  graph: { url: "https://graph" },
  caFile: "/ca.pem",
  dataDir: "/data",
} as unknown as BotSurroundings;

describe("the environment of the sandbox's bot", () => {
  it("has the database that was given to the sandbox", () => {
    const DATABASE_URL = "postgres://latchkey:password@localhost/sandbox";
    expect(botEnvironment({ DATABASE_URL }, AROUND)).toMatchObject({ DATABASE_URL });
    expect(botEnvironment({}, AROUND)).not.toHaveProperty("DATABASE_URL");
  });

  it("has what was set for it, but for what would lead it elsewhere", () => {
    const env = botEnvironment(
      {
        PLAN_TTL_MINUTES: "5",
        CLOUD: "usgov",
        GRAPH_URL: "https://graph.microsoft.com",
        ALL_PROXY: "socks5://proxy.example",
        https_proxy: "http://proxy.example",
        NO_PROXY: "<local>",
      },
      AROUND,
    );
    expect(env).toMatchObject({ PLAN_TTL_MINUTES: "5", GRAPH_URL: "https://graph", DATA_DIR: "/data" });
    for (const name of ["CLOUD", "ALL_PROXY", "https_proxy", "NO_PROXY"])
      expect(env).not.toHaveProperty(name);
  });
});
