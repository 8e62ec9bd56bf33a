import { join } from "node:path";
import type { Browser } from "playwright-core";
import { launchSandbox, type RunningSandbox } from "../../src/sandbox/launch.js";
import { openBrowser } from "./open-browser.js";

/**
 * The sandbox as it was built for this run, and a browser to look at it.
 * @param told its lines, added as they come
 */
export async function openSandbox(
  told: string[],
  { asAPersonHas = false } = {},
): Promise<{ readonly sandbox: RunningSandbox; readonly browser: Browser }> {
  const build = process.env.LATCHKEY_TEST_BUILD;
  if (build === undefined) throw new Error("LATCHKEY_TEST_BUILD is not set: run the tests with vitest");
  const [sandbox, browser] = await Promise.all([
    launchSandbox({
      botEntry: join(build, "latchkey.mjs"),
      port: 0,
      ports: { ada: 0, grace: 0, linus: 0, alan: 0, tenantPage: 0 },
      log: (line) => told.push(line),
      exit: () => {},
    }),
    openBrowser({ asAPersonHas }),
  ]);
  return { sandbox, browser };
}
