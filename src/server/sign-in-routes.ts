import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Request, Response } from "restify";
import { correlated } from "../async/correlation.js";
import type { Log } from "../core/ports.js";
import type { SignInPages } from "../core/sign-in/sign-in-page.js";
import { answerError, answerPage } from "./answer.js";
import type { BoundedServer } from "./bounded-server.js";
import { SIGN_IN_PAGE, SIGN_IN_POLICY, signInHtml } from "./sign-in-page.js";

export interface SignInRoutes {
  readonly log: Log;
  /** Where people reach these pages. */
  readonly publicUrl: string;
  readonly signIn: SignInPages;
}

/** `/sign-in`: what a link is for, the way to Entra, and back. */
export function addSignIn(
  { routes, inFlight }: BoundedServer,
  { log, publicUrl, signIn }: SignInRoutes,
): void {
  const { origin, pathname } = new URL(publicUrl);
  const cookiePath = `${pathname.replace(/\/+$/, "")}/sign-in`;
  const guarded =
    (handle: (request: Request, response: Response) => Promise<void>) =>
    async (request: Request, response: Response): Promise<void> => {
      try {
        await correlated({ id: randomUUID() }, () => handle(request, response));
      } catch (error) {
        answerError(error, response, log);
      }
    };
  const plain = guarded(async (_request, response) => {
    answerPage(response, 200, signInHtml(SIGN_IN_PAGE), SIGN_IN_POLICY);
  });
  routes.get("/sign-in", plain);
  routes.head("/sign-in", plain);
  routes.get(
    "/sign-in/done",
    guarded(async (request, response) => {
      const query = new URLSearchParams(request.getQuery());
      const page = signIn.comeBack(query, (name) => cookieOf(request, name));
      void inFlight.during(
        response,
        page.then(() => undefined),
      );
      answerPage(response, 200, signInHtml(await page, true), SIGN_IN_POLICY);
    }),
  );
  routes.get(
    "/sign-in/:link",
    guarded(async (request, response) => {
      const page = await signIn.look(String(request.params.link));
      answerPage(response, 200, signInHtml(page), SIGN_IN_POLICY);
    }),
  );
  routes.post(
    "/sign-in/:link",
    guarded(async (request, response) => {
      if (!isOfThisPage(request, origin)) {
        log.warn("sign-in-from-another-page", {});
        return answerPage(response, 403, signInHtml(SIGN_IN_PAGE), SIGN_IN_POLICY);
      }
      const gone = await signIn.setOut(String(request.params.link));
      if (!("address" in gone)) return answerPage(response, 200, signInHtml(gone), SIGN_IN_POLICY);
      const { name, value, seconds } = gone.keep;
      answerPage(response, 303, "", SIGN_IN_POLICY, {
        location: gone.address,
        "set-cookie": `${name}=${value}; Path=${cookiePath}; Max-Age=${seconds}; HttpOnly; Secure; SameSite=Lax`,
      });
    }),
  );
}

/** Whether the button of our own page was pressed: a page elsewhere must not send a browser on in silence. */
function isOfThisPage({ headers }: IncomingMessage, origin: string): boolean {
  const site = headers["sec-fetch-site"];
  return site === undefined ? headers.origin === origin : site === "same-origin";
}

function cookieOf({ headers }: IncomingMessage, name: string): string | undefined {
  const pairs = (headers.cookie ?? "").split(";").map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}
