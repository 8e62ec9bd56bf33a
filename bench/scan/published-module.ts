import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";

const REPORT = "/v1.0/reports/authenticationMethods/userRegistrationDetails";
const SLICE = 20;

const reportPage = z.object({
  value: z.array(z.object({ id: z.string() })),
  "@odata.nextLink": z.string().optional(),
});
const batchAnswer = z.object({
  responses: z.array(
    z.object({
      id: z.string(),
      status: z.number(),
      body: z.unknown(),
      headers: z.record(z.string(), z.string()).optional(),
    }),
  ),
});
const passkeys = z.object({ value: z.array(z.object({ aaGuid: z.string() })) });

/** What the module brings home. */
export interface ModuleFound {
  /** AAGUIDs in lower case. */
  readonly models: ReadonlySet<string>;
  /** People of whom it saw at least one passkey. */
  readonly people: number;
}

/** What becomes of those whom Graph refused: the module leaves them out. */
export type Refused = "left out" | "asked again";

/**
 * The baseline: collects the AAGUIDs in use the way the published PowerShell module EntraIDPasskeyHelper does. The
 * report, filtered by one method's name, in pages of the usual size; then twenty people in a batch, one batch after
 * the other. A person not answered with 200 is left out, nothing is asked twice, and of a person with many
 * passkeys only the first page is seen.
 * @param refused `asked again`: as the module would be if it lost no person. When all have been asked about, it waits as
 *   long as Graph asked of any, and asks again about those who were refused.
 * @throws Error when the report or a batch as a whole is not answered with 200, as there
 */
export async function readAsPublishedModule(
  graphUrl: string,
  token: string,
  refused: Refused = "left out",
): Promise<ModuleFound> {
  const models = new Set<string>();
  let people = 0;
  const askAbout = async (ids: readonly string[]) => {
    const again: string[] = [];
    let waitSeconds = 0;
    for (let at = 0; at < ids.length; at += SLICE) {
      const slice = ids.slice(at, at + SLICE);
      for (const { id, status, body, headers } of await batch(graphUrl, token, slice)) {
        if (status === 200) {
          const { value } = passkeys.parse(body);
          if (value.length > 0) people += 1;
          for (const { aaGuid } of value) models.add(aaGuid.toLowerCase());
        }
        const person = slice[Number(id) - 1];
        if (status === 429 && person !== undefined) {
          again.push(person);
          waitSeconds = Math.max(waitSeconds, Number(headers?.["Retry-After"] ?? 1));
        }
      }
    }
    return { again, waitSeconds };
  };
  for (let ids = await listed(graphUrl, token); ids.length > 0; ) {
    const { again, waitSeconds } = await askAbout(ids);
    if (refused === "left out" || again.length === 0) break;
    await sleep(waitSeconds * 1000);
    ids = again;
  }
  return { models, people };
}

async function batch(graphUrl: string, token: string, ids: readonly string[]) {
  const requests = ids.map((id, index) => ({
    id: String(index + 1),
    method: "GET",
    url: `/users/${id}/authentication/fido2Methods`,
  }));
  const answer = await askGraph(`${graphUrl}/v1.0/$batch`, token, JSON.stringify({ requests }));
  return batchAnswer.parse(answer).responses;
}

async function listed(graphUrl: string, token: string): Promise<string[]> {
  const filter = encodeURIComponent("methodsRegistered/any(x:x eq 'passKeyDeviceBound')");
  const ids: string[] = [];
  for (
    let url: string | undefined = `${graphUrl}${REPORT}?$filter=${filter}&$select=id`;
    url !== undefined;
  ) {
    const page: z.infer<typeof reportPage> = reportPage.parse(await askGraph(url, token));
    ids.push(...page.value.map(({ id }) => id));
    url = page["@odata.nextLink"];
  }
  return ids;
}

async function askGraph(url: string, token: string, body?: string): Promise<unknown> {
  const authorization = `Bearer ${token}`;
  const response = await fetch(
    url,
    body === undefined
      ? { headers: { authorization } }
      : { method: "POST", body, headers: { authorization, "content-type": "application/json" } },
  );
  if (response.status !== 200)
    throw new Error(`Graph answered ${response.status} to ${new URL(url).pathname}`);
  return response.json();
}
