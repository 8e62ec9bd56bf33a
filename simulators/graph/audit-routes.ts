import type { DirectoryAudit } from "../tenant/simulated-tenant.js";
import type { GraphAnswer, GraphRequest, GraphWorld } from "./graph-exchange.js";
import { answerCollection } from "./odata/odata-page.js";
import { refuseWithoutLicence } from "./report-routes.js";

/** The directory audit log, newest first unless sorted otherwise. */
export function listAudits(world: GraphWorld, request: GraphRequest): GraphAnswer {
  if (world.readings.auditsNeedLicence) refuseWithoutLicence(world.tenant);
  const entries = {
    all: () => world.audits.seen().toReversed(),
    row: (entry: DirectoryAudit) => ({ ...entry }),
  };
  return answerCollection(world, request, entries, {
    context: "auditLogs/directoryAudits",
    pageSize: world.readings.directoryPageSize,
    maxTop: 999,
    filterable: {
      id: "text",
      activityDisplayName: "text",
      activityDateTime: "instant",
      category: "text",
      loggedByService: "text",
      correlationId: "text",
      ...(world.readings.auditResultFilter === "accepted" ? { result: "text" as const } : {}),
    },
    sortable: ["activityDateTime"],
  });
}
