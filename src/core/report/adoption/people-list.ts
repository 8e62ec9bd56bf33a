import { whyNoAccess } from "../../access/standing.js";
import type { Refusal } from "../../errors.js";
import type { ConversationId, Instant, Person } from "../../person.js";
import { resolveGroups } from "../../plan/named/resolve-groups.js";
import type { GroupRef } from "../../policy/intent.js";
import type { Ports, Rules } from "../../ports.js";
import { findScan, NO_SCAN, type NoScan } from "../find-scan.js";
import { withoutPasskey } from "../standing/without-passkey.js";
import { csvOf } from "./csv.js";
import type { Patience } from "./list-accounts.js";

/** A link to the people without a passkey, for the person who asked. */
export interface PeopleListGiven {
  readonly kind: "people-list-given";
  readonly group?: GroupRef;
  /** Opens the list for everyone who has it. */
  readonly secret: string;
  readonly validUntil: Instant;
  readonly scannedAt: Instant;
}

/** How long a link is valid: as often as asked, because those who look for bad links fetch it too. */
const VALID_FOR_MS = 10 * 60_000;
/** A file may take longer than an answer in the chat: the accounts of a tenant of 200,000 people. */
const FOR_A_FILE: Patience = { pagesAtMost: 200, withinMs: 90_000 };

/** Gives a person who has access a link to a list, which is recorded. @returns why there is none @throws Fault */
export async function givePeopleList(
  ports: Pick<Ports, "scans" | "directory" | "catalogue" | "log" | "peopleLinks" | "clock">,
  rules: Pick<Rules, "tenantId">,
  asked: { readonly person: Person; readonly conversation: ConversationId; readonly typed?: string },
): Promise<PeopleListGiven | Refusal | NoScan> {
  const { person, conversation, typed } = asked;
  const inventory = await findScan(ports, rules);
  if (inventory === undefined) return NO_SCAN;
  const named = typed === undefined ? [] : await resolveGroups(ports, [typed], inventory.models);
  if ("kind" in named) return named;
  const [group] = named;
  const { tenantId } = rules;
  const now = ports.clock.now();
  const at = now.toISOString();
  const validUntil = new Date(now.getTime() + VALID_FOR_MS).toISOString();
  const { scanId, startedAt: scannedAt } = inventory;
  const ofGroup = group === undefined ? {} : { group };
  const secret = await ports.peopleLinks.add(
    { tenantId, person, scanId, ...ofGroup, givenAt: at, validUntil },
    {
      tenantId,
      at,
      event: "people-list-given",
      by: person,
      conversation,
      detail: { scan: scanId, validUntil, ...(group === undefined ? {} : { group: { ...group } }) },
    },
  );
  return { kind: "people-list-given", ...ofGroup, secret, validUntil, scannedAt };
}

/** A file to save. */
export interface PeopleListFile {
  readonly name: string;
  readonly csv: string;
}

/**
 * What a link opens, as it stands now. undefined: the secret is wrong, its time is up, its scan is no longer kept, or the person
 * to whom it was given may not look any more. @throws Fault
 */
export async function peopleListFile(
  ports: Pick<
    Ports,
    "scans" | "tenant" | "directory" | "passkeys" | "clock" | "log" | "graphWaits" | "peopleLinks"
  >,
  rules: Rules,
  secret: string,
): Promise<PeopleListFile | undefined> {
  const link = await ports.peopleLinks.find(secret, ports.clock.now().toISOString());
  if (link === undefined || link.tenantId !== rules.tenantId) return undefined;
  const { person, scanId, group } = link;
  if ((await whyNoAccess(ports, rules, person.id)) !== undefined) return undefined;
  const report = await withoutPasskey(ports, rules, {
    scanId,
    patience: FOR_A_FILE,
    ...(group === undefined ? {} : { group }),
  });
  if (report.kind === "no-scan") return undefined;
  const { people, admins, isComplete, inventory } = report;
  ports.log.info("people-list-opened", { person: person.id, people: people.length, complete: isComplete });
  const isAdmin = (known: boolean) => (known ? "yes" : admins === "known" ? "no" : "not known");
  const rows = people.map((each) => [each.name, each.signInName ?? "", each.id, isAdmin(each.isAdmin)]);
  const day = inventory.startedAt.slice(0, 10);
  return {
    name: `without-passkey-${day}${isComplete ? "" : "-incomplete"}.csv`,
    csv: csvOf([["Name", "Sign-in name", "Object id", "Administrator"], ...rows]),
  };
}
