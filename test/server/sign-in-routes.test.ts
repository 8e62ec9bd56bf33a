import { afterEach, beforeEach, expect, it } from "vitest";
import { TestServer } from "./test-server.js";

let server: TestServer;
beforeEach(async () => {
  server = await TestServer.start();
});
afterEach(() => server.end());

const post = (headers: Record<string, string>) =>
  fetch(`${server.base}/sign-in/the-link`, { method: "POST", headers, redirect: "manual" });

it("shows what a link is for, as text, with a button that leads on", async () => {
  const response = await server.get("/sign-in/the-link");
  const html = await response.text();
  expect(response.status).toBe(200);
  expect(html).toContain("Look at &#60;the-link&#62;");
  expect(html).toContain('<form method="post" action="the-link">');
  expect(html).not.toContain("<script");
  expect(response.headers.get("set-cookie")).toBeNull();
  expect(response.headers.get("cache-control")).toBe("no-store");
  expect(response.headers.get("referrer-policy")).toBe("no-referrer");
  expect(response.headers.get("content-security-policy")).toMatch(
    /default-src 'none'.*frame-ancestors 'none'/,
  );
});

it("sends the browser on with a secret that scripts and other sites do not get", async () => {
  const response = await post({ Origin: "https://latchkey.example" });
  expect([response.status, response.headers.get("location")]).toEqual([
    303,
    "https://entra.example/authorize?x=1",
  ]);
  expect(response.headers.get("set-cookie")).toBe(
    "kept=the-link.secret; Path=/sign-in; Max-Age=600; HttpOnly; Secure; SameSite=Lax",
  );
});

it.each<[string, Record<string, string>, number]>([
  ["our own page, by a browser that says so", { "Sec-Fetch-Site": "same-origin" }, 303],
  ["another site's page", { "Sec-Fetch-Site": "cross-site", Origin: "https://latchkey.example" }, 403],
  ["another host of the same site", { "Sec-Fetch-Site": "same-site" }, 403],
  ["an address that was typed", { "Sec-Fetch-Site": "none" }, 403],
  ["another origin", { Origin: "https://evil.example" }, 403],
  ["no page, as far as can be told", {}, 403],
])("is begun from our own page only: %s", async (_, headers, status) => {
  expect((await post(headers)).status).toBe(status);
});

it("hands over what the browser brings back, and takes it out of the address", async () => {
  const response = await fetch(`${server.base}/sign-in/done?code=abc&state=s`, {
    headers: { Cookie: "a=b; kept=the-link.secret; kept2=x" },
  });
  const html = await response.text();
  expect(html).toContain("abc with the-link.secret");
  expect(html).toContain("history.replaceState");
  expect(html).toContain("data-done");
  const [, policy = ""] =
    /script-src '([^']+)'/.exec(response.headers.get("content-security-policy") ?? "") ?? [];
  const [, script = ""] = /<script>(.*)<\/script>/s.exec(html) ?? [];
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(script));
  expect(policy).toBe(`sha256-${Buffer.from(digest).toString("base64")}`);
});

it("says no more than that it went wrong", async () => {
  server.signIn = { ...server.signIn, comeBack: () => Promise.reject(new Error("secret internals")) };
  const response = await server.get("/sign-in/done?code=abc&state=s");
  expect(response.status).toBe(500);
  expect(await response.text()).not.toContain("secret internals");
});
