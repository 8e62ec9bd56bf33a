import { afterEach, expect, it } from "vitest";
import { MODEL } from "../../simulators/tenant/sample-authenticators.js";
import { SAMPLE_PEOPLE } from "../../simulators/tenant/sample-tenant.js";
import { type BlobServer, blobServer } from "../catalogue/blob-server.js";
import { metadataAuthority, payload } from "../catalogue/signed-metadata.js";
import { programTrusting } from "./program-trusting.js";
import { finishedScan } from "./scan-facts.js";
import { openStage, type Stage } from "./stage.js";
import { eventually, wholeText } from "./teams.js";

const { ada, grace } = SAMPLE_PEOPLE;
const ROOM = { id: "19:secops@thread.tacv2", kind: "channel" } as const;
const A_DAY = 24 * 3_600_000 + 60_000;
const OLD = MODEL.yubikey5Nfc51.aaguid;
const NANO = MODEL.yubikey5cNano.aaguid;
const NFC = MODEL.yubikey5Nfc54.aaguid;
let stage: Stage;
let service: BlobServer;
let program: Awaited<ReturnType<typeof programTrusting>>;
afterEach(async () => {
  await stage?.close();
  await service?.close();
  await program?.remove();
});

const nextMonth = () => new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
const serve = (blob: string) => {
  service.answer = (response) => response.writeHead(200).end(blob);
};
const inUse = (number: number) =>
  eventually(
    () => {
      const lines = stage.bot.output.split("\n");
      const isIt = (line: string) =>
        line.includes('"event":"fido-metadata-refreshed"') && line.includes(`"number":${number},`);
      return lines.some(isIt) || undefined;
    },
    () => `metadata ${number}:\n${stage.bot.output.slice(-3000)}`,
  );

it("a certification that is lost, and a model that is revoked, are told in the approval room by signed metadata alone", async () => {
  const authority = await metadataAuthority();
  service = await blobServer();
  program = await programTrusting(authority.root);
  const blobOf = (number: number, nano: readonly string[], nfc: readonly string[]) => {
    const models = {
      [OLD]: { name: "Old", statuses: ["REVOKED"] },
      [NANO]: { name: "Nano", statuses: nano },
      [NFC]: { name: "NFC", statuses: nfc },
    };
    return authority.blob(payload(number, models, nextMonth()));
  };
  serve(blobOf(7, ["FIDO_CERTIFIED_L2"], ["FIDO_CERTIFIED_L1"]));
  stage = await openStage({
    tenant: { policy: "legacy-allow" },
    env: { FIDO_METADATA_URL: service.url },
    hasClock: true,
    folder: program.folder,
  });
  const { teams, bot } = stage;
  await inUse(7);
  await teams.say(grace, "approvals here", ROOM);
  await teams.findText(ROOM, /posted here from now on/);
  await teams.say(ada, "scan");
  await finishedScan(stage, teams.chatOf(ada));
  // What was wrong at the first look is said then, so all else is known by now.
  await teams.findText(ROOM, /Models · found/);

  serve(blobOf(8, ["FIDO_CERTIFIED_L1"], ["FIDO_CERTIFIED_L1", "REVOKED"]));
  await stage.timePasses(A_DAY);
  // It asks once a minute whether it is time, and at once when it starts.
  await bot.restart();
  await inUse(8);
  const notice = wholeText(await teams.findText(ROOM, /was FIDO Certified L2, and is FIDO Certified L1/));
  expect(notice).toContain("The FIDO Alliance warns of 2 models in use");
  expect(notice).toMatch(/revoked/i);
  expect(stage.graph.patches()).toEqual([]);
});
