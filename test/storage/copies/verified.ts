import { verify } from "../../../src/audit-cli/verify.js";
import { readAudit } from "../../../src/storage/audit/audit-reader.js";

/** What `npm run audit -- verify` says of a store. @param engine given back afterwards */
export async function verified(engine: Parameters<typeof readAudit>[0]): Promise<string> {
  const said: string[] = [];
  const output = { write: async (text: string) => void said.push(text) };
  await readAudit(engine, (reader) => verify(reader, output, { heads: [] }));
  return said.join("");
}
