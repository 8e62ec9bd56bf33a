import { whyNotApprover } from "../access/standing.js";
import { Fault } from "../errors.js";
import { describeGroups } from "../impact/describe-groups.js";
import type { Person } from "../person.js";
import { ALL_USERS } from "../policy/policy.js";
import type { Ports, Rules } from "../ports.js";
import { findScan } from "./find-scan.js";
import { readPolicyIfPossible } from "./read-policy-if-possible.js";

/** What examples name: the tenant's own, as far as it can be read. */
export interface OwnNames {
  /** A group passkeys are for. */
  readonly group?: string;
  readonly excluded?: string;
  readonly profile?: string;
  /** The model most people use. */
  readonly model?: string;
  readonly planNumber?: number;
  readonly driftNumber?: number;
  readonly person?: string;
}

/** Names for examples, and whether the person may approve; what cannot be read is left out. */
export async function readOwnNames(
  ports: Ports,
  rules: Rules,
  person: Person,
): Promise<{ readonly names: OwnNames; readonly mayApprove: boolean }> {
  const mayApprove = await ifRead(
    ports,
    whyNotApprover(ports, rules, person.id).then((why) => why === undefined),
  );
  const policy = await readPolicyIfPossible(ports);
  const groups = policy && (await ifRead(ports, describeGroups(ports, { policies: [policy] })));
  const named = (ids: readonly string[]) =>
    ids.map((id) => groups?.groupNames[id]).find((name) => name !== undefined);
  const inventory = await findScan(ports, rules);
  const most = [...(inventory?.models ?? [])].sort((a, b) => b.people - a.people)[0];
  const [plan] = await ports.plans.latest(rules.tenantId, 1);
  return {
    mayApprove: mayApprove === true,
    names: without({
      group: named((policy?.include ?? []).map(({ id }) => id).filter((id) => id !== ALL_USERS)),
      excluded: named(policy?.exclude ?? []),
      profile: policy?.shape === "profiles" ? policy.profiles[0]?.name : undefined,
      model: most && ports.catalogue.modelName(most.aaguid, most.hint),
      planNumber: plan?.number,
      driftNumber: (await ports.watch.openDrift(rules.tenantId))?.number,
      person: person.name,
    }),
  };
}

async function ifRead<T>({ log }: Pick<Ports, "log">, reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    log.warn("names-not-read-for-help", { code: error.code });
    return undefined;
  }
}

function without(names: { readonly [Name in keyof OwnNames]: OwnNames[Name] | undefined }): OwnNames {
  return Object.fromEntries(Object.entries(names).filter(([, value]) => value !== undefined)) as OwnNames;
}

/** An example of the table of commands, with the tenant's own names in it. */
export function ownExample(usage: string, names: OwnNames): string {
  const put = (said: string, pattern: RegExp, name: string | number | undefined) =>
    name === undefined ? said : said.replace(pattern, (_, before: string) => before + quoted(name));
  let said = put(usage, /()YubiKey 5 NFC/, names.model);
  said = put(said, /(passkeys (?:only )?for group |remove group )(?:Pilot|Helpdesk)/, names.group);
  said = put(said, /(include group )Contractors/, names.excluded);
  said = put(said, /(in profile )Default/, names.profile);
  said = put(said, /(drift )3/, names.driftNumber);
  said = put(said, /(^show )Emmy Noether/, names.person);
  return put(said, /(^(?:show|cancel|undo|evidence) )12/, names.planNumber);
}

/** A name with a comma or a word of the grammar in it stands in quotes. */
function quoted(name: string | number): string {
  const text = String(name).replaceAll('"', "");
  return /,|\b(?:with|in|and|for|again|only)\b/i.test(text) ? `"${text}"` : text;
}
