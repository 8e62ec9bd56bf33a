import { z } from "zod";

const REPORT = "/v1.0/reports/authenticationMethods/userRegistrationDetails";
const SLICE = 20;

const reportPage = z.object({
  value: z.array(z.object({ id: z.string() })),
  "@odata.nextLink": z.string().optional(),
});
const batchAnswer = z.object({
  responses: z.array(z.object({ id: z.string(), status: z.number(), body: z.unknown() })),
});
const passkeys = z.object({ value: z.array(z.object({ aaGuid: z.string() })) });

/** What the module brings home. */
export interface ModuleFound {
  /** AAGUIDs in lower case. */
  readonly models: ReadonlySet<string>;
  /** People of whom it saw at least one passkey. */
  readonly people: number;
}

/**
 * The baseline: collects the AAGUIDs in use the way the published PowerShell module EntraIDPasskeyHelper does. The
 * report, filtered by one method's name, in pages of the usual size; then twenty people in a batch, one batch after
 * the other. A person not answered with 200 is left out, nothing is asked twice, and of a person with many
 * passkeys only the first page is seen.
 * @throws Error when the report or a batch as a whole is not answered with 200, as there
 */
export async function readAsPublishedModule(graphUrl: string, token: string): Promise<ModuleFound> {
  const ids = await listed(graphUrl, token);
  const models = new Set<string>();
  let people = 0;
  for (let at = 0; at < ids.length; at += SLICE) {
    const requests = ids.slice(at, at + SLICE).map((id, index) => ({
      id: String(index + 1),
      method: "GET",
      url: `/users/${id}/authentication/fido2Methods`,
    }));
    const { responses } = batchAnswer.parse(
      await askGraph(`${graphUrl}/v1.0/$batch`, token, JSON.stringify({ requests })),
    );
    for (const { status, body } of responses) {
      if (status !== 200) continue;
      const { value } = passkeys.parse(body);
      if (value.length > 0) people += 1;
      for (const { aaGuid } of value) models.add(aaGuid.toLowerCase());
    }
  }
  return { models, people };
}

async function listed(graphUrl: string, token: string): Promise<readonly string[]> {
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
