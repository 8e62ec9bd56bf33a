import { createServer } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type SimulatedEntra, startEntra } from "../../simulators/entra/simulated-entra.js";
import { closeServer, listenOnLoopback } from "../../simulators/http/listen-on-loopback.js";
import { SAMPLE_PEOPLE, sampleTenant } from "../../simulators/tenant/sample-tenant.js";
import { type SignInFront, startSignInFront } from "../../src/sandbox/page/sign-in-front.js";
import { testCertificates } from "../setup/test-certificates.js";
import { PlainBrowser } from "../simulators/plain-browser.js";

const PUBLIC_URL = "https://latchkey.invalid";
const tenant = sampleTenant({ people: 0 });
let entra: SimulatedEntra;
let front: SignInFront;
let botUrl = "";
/** A bot with the three pages: one with a button, the way to Entra, and the way back. */
const bot = createServer((request, response) => {
  const url = new URL(request.url ?? "/", "http://bot");
  if (url.pathname === "/sign-in/done") {
    response.writeHead(200, { "content-type": "text/html", "content-security-policy": "default-src 'none'" });
    response.end(
      `<p>back with ${url.searchParams.get("code") ? "a code" : "none"} and ${request.headers.cookie}</p>`,
    );
  } else if (request.method === "POST") {
    const address = new URL(`${entra.url}/${tenant.tenantId}/oauth2/v2.0/authorize`);
    address.search = new URLSearchParams({
      client_id: tenant.clientId,
      response_type: "code",
      redirect_uri: `${PUBLIC_URL}/sign-in/done`,
      scope: "openid User.Read",
    }).toString();
    response
      .writeHead(303, { location: address.href, "set-cookie": "kept=secret; Path=/sign-in; HttpOnly" })
      .end();
  } else {
    response.writeHead(200, { "content-type": "text/html" });
    response.end('<form method="post" action="link"><button>Go on</button></form>');
  }
});

beforeAll(async () => {
  entra = await startEntra({ tenant, certificates: await testCertificates() });
  botUrl = await listenOnLoopback(bot, 0);
  front = await startSignInFront({ tenant, entra, publicUrl: PUBLIC_URL, bot: () => botUrl });
});
afterAll(async () => {
  await Promise.all([front.close(), closeServer(bot), entra.close()]);
});

test("a browser signs in at simulated Entra and is back at the bot, under one address without a certificate", async () => {
  const browser = new PlainBrowser();
  await browser.open(front.led(`${PUBLIC_URL}/sign-in/link`));
  await browser.press("Go on");
  await browser.press(SAMPLE_PEOPLE.grace.name);
  expect(browser.page.text).toMatch(/^back with a code and .*kept=secret/);
  expect(browser.page.headers.get("content-security-policy")).toBe("default-src 'none'");
  expect(new Set(browser.visited.map((url) => new URL(url).origin))).toEqual(
    new Set([new URL(front.led(PUBLIC_URL)).origin]),
  );
});

test("nothing else of the bot is reached by it", async () => {
  expect((await fetch(front.led(`${PUBLIC_URL}/api/messages`), { method: "POST" })).status).toBe(404);
});
