// Fills a store with the people of a scan, or hashes them, in a process of its own. What to do: JSON as the first
// argument. Prints one line of JSON when it is done.
import { personId, tenantId } from "../../src/core/person.js";
import { countParts, type Part } from "../../src/core/report/adoption/figures.js";
import type { Keyholder } from "../../src/core/scan/inventory.js";
import { hashPeople } from "../../src/core/scan/people-hash.js";
import { Database } from "../../src/storage/engine/database.js";
import { migrate } from "../../src/storage/migrations/migrate.js";
import { openStore } from "../../src/storage/open-store.js";
import type { Together } from "../../src/storage/schema.js";
import { engineOf, type KeptIn, placeOf } from "../kept-in.js";

/** What the process is to do. */
export type PeopleTask =
  | { readonly what: "fill"; readonly keptIn: KeptIn; readonly people: number }
  | { readonly what: "measure"; readonly keptIn: KeptIn; readonly people: number; readonly rounds: number };

/** What it came to: seconds, milliseconds and megabytes. */
export interface PeopleFigures {
  /** Of each round: reading everybody only, and reading and hashing them. */
  readonly readSeconds: readonly number[];
  readonly hashSeconds: readonly number[];
  /** Counting how many of them have which kind: of all, and of a group that everybody is in. */
  readonly adoptionSeconds: readonly number[];
  /**
   * The most processor time between two turns of everything else while people were hashed, in each round. By the clock it
   * would count what other programs of the machine took meanwhile.
   */
  readonly longestMs: readonly number[];
  readonly peakRssMb: number;
}

const TENANT = tenantId("00000000-0000-4000-8000-000000000001");
const SCAN = "scan-of-the-bench";
/** As many rows as a statement takes, with the fewest parameters that the engines allow. */
const ROWS = 1_000;
const PASSKEYS = ["90a3ccdf-635c-4729-a248-9b709135078f", "cb69481e-8ff7-4039-93ec-0a2729a154a8"].map(
  (aaguid) => ({ aaguid, model: "Authenticator of the bench", type: "deviceBound", attested: true }),
);

async function fill(keptIn: KeptIn, people: number): Promise<void> {
  const database = new Database(engineOf(keptIn));
  try {
    await migrate(database);
    await database.together("filling the store", async (statements) => {
      for (let from = 0; from < people; from += ROWS)
        await add(statements, from, Math.min(from + ROWS, people));
      const scan = {
        tenant_id: TENANT,
        scan_id: SCAN,
        state: "finished",
        finished_at: "",
        body: "{}",
      } as const;
      await statements
        .insertInto("scans")
        .values({ ...scan, complete: 1, last_position: people })
        .execute();
    });
  } finally {
    await database.close();
  }
}

async function add(statements: Together, from: number, to: number): Promise<void> {
  const rows = Array.from({ length: to - from }, (_, nth) => ({
    tenant_id: TENANT,
    scan_id: SCAN,
    person_id: idOf(from + nth),
    position: from + nth + 1,
    state: "read" as const,
    name: `Person of the bench ${from + nth}`,
    is_admin: 0,
    has_passkeys: 1,
    detail: JSON.stringify(PASSKEYS),
  }));
  await statements.insertInto("scan_people").values(rows).execute();
}

const idOf = (nth: number): string => `00000000-0000-4000-9000-${String(nth).padStart(12, "0")}`;

async function measure(keptIn: KeptIn, people: number, rounds: number): Promise<PeopleFigures> {
  const store = await openStore(placeOf(keptIn));
  const readSeconds: number[] = [];
  const hashSeconds: number[] = [];
  const adoptionSeconds: number[] = [];
  const longestMs: number[] = [];
  const members = new Set(Array.from({ length: people }, (_, nth) => personId(idOf(nth))));
  const parts = new Map<string, Part>([
    ["all", { has: () => true }],
    ["group", members],
  ]);
  try {
    for (let round = 0; round < rounds; round += 1) {
      const keyholders = () => store.scans.keyholders(TENANT, SCAN);
      readSeconds.push(await seconds(() => count(keyholders(), people)));
      const longest = watchTurns();
      hashSeconds.push(await seconds(() => hashPeople(keyholders())));
      longestMs.push(longest());
      adoptionSeconds.push(
        await seconds(async () => {
          const counts = await countParts(store, { tenantId: TENANT }, { scanId: SCAN }, parts);
          if (counts.get("group")?.withPasskey !== people) throw new Error("not everybody was counted");
        }),
      );
    }
  } finally {
    await store.close();
  }
  return {
    readSeconds,
    hashSeconds,
    adoptionSeconds,
    longestMs,
    peakRssMb: process.resourceUsage().maxRSS / 1024,
  };
}

async function count(pages: AsyncIterable<readonly Keyholder[]>, people: number): Promise<void> {
  let read = 0;
  for await (const page of pages) read += page.length;
  if (read !== people) throw new Error(`${read} people were read, and ${people} are there`);
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return (performance.now() - startedAt) / 1000;
}

/** Asks for a turn again and again. @returns what ends that, and tells the most that was worked between two of them */
function watchTurns(): () => number {
  let [last, longest] = [workedMs(), 0];
  const look = () => {
    const now = workedMs();
    longest = Math.max(longest, now - last);
    last = now;
  };
  const timer = setInterval(look, 1);
  return () => {
    clearInterval(timer);
    look();
    return longest;
  };
}

function workedMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

// The process that started it is gone when its standard input ends.
process.stdin.on("end", () => process.exit(1)).resume();

const task = JSON.parse(process.argv[2] ?? "{}") as PeopleTask;
const done =
  task.what === "fill"
    ? ((await fill(task.keptIn, task.people)) ?? {})
    : await measure(task.keptIn, task.people, task.rounds);
process.stdout.write(`${JSON.stringify(done)}\n`, () => process.exit(0));
