// Simulated Entra and Graph as a process of their own, so that what is measured does not share its thread with them.
// Options: JSON as the first argument. Prints one line of JSON when it listens; then answers each line of JSON on
// standard input with one on standard output, and ends with it, or when told to.
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Certificates } from "../simulators/http/certificates.js";
import type { DirectoryAccess } from "./directory-access.js";
import type { DirectoryGreeting, DirectoryProcessCommand } from "./directory-process.js";
import { type DirectoryOptions, startDirectory } from "./simulated-directory.js";

interface ProcessOptions extends Omit<DirectoryOptions, "certificates"> {
  /** Folder with `ca.pem`, `key.pem` and `cert.pem`; left out, an authority is made for this run. */
  readonly certificates?: string;
}

async function readCertificates(folder: string): Promise<Certificates> {
  const read = (name: string) => readFile(join(folder, name), "utf8");
  const [caPem, key, cert] = await Promise.all([read("ca.pem"), read("key.pem"), read("cert.pem")]);
  return { caPem, key, cert };
}

const print = (line: unknown) => process.stdout.write(`${JSON.stringify(line)}\n`);

const { certificates: folder, ...options } = JSON.parse(process.argv[2] ?? "{}") as ProcessOptions;
const directory = await startDirectory({
  ...options,
  ...(folder === undefined ? {} : { certificates: await readCertificates(folder) }),
});
const ownFolder = await mkdtemp(join(tmpdir(), "latchkey-bench-"));
const caFile = join(ownFolder, "ca.pem");
await writeFile(caFile, directory.caPem);

const { tenantId, clientId, clientSecret } = directory.tenant;
const access: DirectoryAccess = {
  entraUrl: directory.entraUrl,
  graphUrl: directory.graph.url,
  tenantId,
  clientId,
  clientSecret,
};
const { openIdMetadataUrl, issuer } = directory.entra.channel;
print({ ...access, caFile, channel: { openIdMetadataUrl, issuer } } satisfies DirectoryGreeting);

let cpu = process.cpuUsage();
/** Processor time since it was last asked for. */
function cpuSeconds(): number {
  const { user, system } = process.cpuUsage(cpu);
  cpu = process.cpuUsage();
  return (user + system) / 1e6;
}

async function answer(command: DirectoryProcessCommand): Promise<unknown> {
  switch (command.do) {
    case "cpu":
      return { seconds: cpuSeconds() };
    case "channel-token":
      return { token: await directory.entra.issueChannelToken({ serviceUrl: command.serviceUrl }) };
    case "sso-token":
      return { token: await directory.entra.issueSsoToken(command.person) };
    default:
      return directory.answer(command);
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  if (line.trim() === "") continue;
  const command = JSON.parse(line) as DirectoryProcessCommand | { readonly do: "stop" };
  if (command.do === "stop") break;
  print(await answer(command));
}
await directory.close();
await rm(ownFolder, { recursive: true, force: true });
process.exit(0);
