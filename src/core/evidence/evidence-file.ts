import type { Ports } from "../ports.js";
import { gatherEvidence } from "./evidence.js";
import { evidenceFileName, evidencePage } from "./evidence-page.js";

/** What a link opens, as it stands now. undefined: the secret is wrong, or its time is up. */
export async function evidenceFile(
  ports: Pick<Ports, "plans" | "audit" | "evidenceLinks" | "clock" | "log">,
  secret: string,
): Promise<{ readonly name: string; readonly html: string } | undefined> {
  const link = await ports.evidenceLinks.find(secret, ports.clock.now().toISOString());
  const evidence = link && (await gatherEvidence(ports, link));
  if (evidence === undefined) return undefined;
  ports.log.info("evidence-opened", { plan: evidence.plan.number, person: evidence.givenTo?.id });
  return { name: evidenceFileName(evidence), html: evidencePage(evidence) };
}
