import type { Ports } from "../ports.js";
import { gatherEvidence } from "./evidence.js";
import { evidenceFileName, evidencePage } from "./evidence-page.js";
import { gatherAll, ROLLOUT_FILE, rolloutPage } from "./rollout-evidence.js";

/** What a link opens, as it stands now. undefined: the secret is wrong, or its time is up. */
export async function evidenceFile(
  ports: Pick<Ports, "plans" | "audit" | "evidenceLinks" | "clock" | "log">,
  secret: string,
): Promise<{ readonly name: string; readonly html: string } | undefined> {
  const link = await ports.evidenceLinks.find(secret, ports.clock.now().toISOString());
  if (link?.planNumbers !== undefined) {
    const html = rolloutPage(await gatherAll(ports, link, link.planNumbers));
    ports.log.info("evidence-opened", { plans: link.planNumbers.length, person: link.person.id });
    return { name: ROLLOUT_FILE, html };
  }
  const evidence = link && (await gatherEvidence(ports, link));
  if (evidence === undefined) return undefined;
  ports.log.info("evidence-opened", { plan: evidence.plan.number, person: evidence.givenTo?.id });
  return { name: evidenceFileName(evidence), html: evidencePage(evidence) };
}
