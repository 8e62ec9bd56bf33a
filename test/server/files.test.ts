import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { TestServer } from "./test-server.js";

let server: TestServer;
beforeEach(async () => {
  server = await TestServer.start();
});
afterEach(() => server.end());

describe("a list of people", () => {
  it("is a file to save, which no cache keeps and no page may show", async () => {
    const response = await fetch(`http://127.0.0.1:${server.running.port}/people/the-secret`);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(response.headers.get("content-disposition")).toBe(
      'attachment; filename="without-passkey-2026-11-22.csv"',
    );
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes.toString("utf8")).toBe('\ufeff"Name"\r\n"Émile"\r\n');
  });

  it.each(["wrong", "%00", "..%2fevidence", ""])("is nothing behind %j", async (secret) => {
    const response = await fetch(`http://127.0.0.1:${server.running.port}/people/${secret}`);
    expect(response.status).toBe(404);
    expect(await response.text()).not.toContain("Émile");
  });
});
