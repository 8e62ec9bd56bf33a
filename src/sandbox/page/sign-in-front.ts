import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { SimulatedEntra } from "../../../simulators/entra/simulated-entra.js";
import { closeServer, listenOnLoopback } from "../../../simulators/http/listen-on-loopback.js";
import type { SimulatedTenant } from "../../../simulators/tenant/simulated-tenant.js";

export interface SignInFrontOptions {
  readonly tenant: Pick<SimulatedTenant, "tenantId">;
  readonly entra: Pick<SimulatedEntra, "url" | "signInRules" | "authorizeElsewhere">;
  /** Under which the bot names its pages. */
  readonly publicUrl: string;
  /** Where the bot listens. */
  readonly bot: () => string;
}

export interface SignInFront {
  /** Where a browser reaches what the bot names by its public address. */
  led(address: string): string;
  close(): Promise<void>;
}

/** What belongs to a page, a redirect and a cookie. */
const HANDED_ON = [
  "content-type",
  "content-security-policy",
  "cache-control",
  "referrer-policy",
  "set-cookie",
];
const SENT_ON = ["cookie", "origin", "sec-fetch-site"];

/**
 * One address on this machine for the two that a browser goes to when it signs in: the bot's pages, which have no public
 * address here, and simulated Entra's, whose certificate no browser trusts.
 */
export async function startSignInFront(options: SignInFrontOptions): Promise<SignInFront> {
  const { tenant, entra, publicUrl, bot } = options;
  entra.signInRules.redirectUris.add(`${publicUrl}/sign-in/done`);
  const authorizePath = `/${tenant.tenantId}/oauth2/v2.0/authorize`;
  const led = (address: string) => address.replace(publicUrl, url).replace(entra.url, url);

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? "/";
    if (path.split("?")[0] === authorizePath) return entra.authorizeElsewhere(request, response, led);
    if (!path.startsWith("/sign-in")) return void response.writeHead(404).end();
    const headers = SENT_ON.flatMap((name) => {
      const value = request.headers[name];
      return value === undefined ? [] : [[name, String(value)] as [string, string]];
    });
    // Its forms have no fields.
    const page = await fetch(bot() + path, { method: request.method ?? "GET", headers, redirect: "manual" });
    for (const name of HANDED_ON) {
      const value = name === "set-cookie" ? page.headers.getSetCookie() : page.headers.get(name);
      if (value !== null && value.length > 0) response.setHeader(name, value);
    }
    const location = page.headers.get("location");
    if (location !== null) response.setHeader("location", led(location));
    response.writeHead(page.status).end(await page.text());
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((problem: unknown) => {
      if (response.headersSent) response.destroy();
      else response.writeHead(502, { "content-type": "text/plain" }).end(String(problem));
    });
  });
  const url = await listenOnLoopback(server, 0);
  return { led, close: () => closeServer(server) };
}
