import chromium from "@sparticuz/chromium";
import { type Browser, chromium as playwright } from "playwright-core";

/** What the package sets for a function in a cloud, and no browser of a person has. */
const OF_A_FUNCTION: ReadonlySet<string> = new Set(["--single-process", "--disable-web-security"]);

/**
 * The browser that the packages of the tests bring with them.
 * @param asAPersonHas in several processes, so that a page may open another and close itself, and with the web's rules
 *   of who may read what; starts slower
 */
export async function openBrowser({ asAPersonHas = false } = {}): Promise<Browser> {
  const executablePath = await chromium.executablePath();
  const args = chromium.args.filter((arg) => !(asAPersonHas && OF_A_FUNCTION.has(arg)));
  return playwright.launch({ executablePath, args: [...args, "--no-sandbox"], headless: true });
}
