import { describe, expect, it } from "vitest";
import { Fault } from "../../../src/core/errors.js";
import type { AccountPage, PasskeySource, ReportPage } from "../../../src/core/ports/passkey-source.js";
import { PeoplePages } from "../../../src/core/scan/people-pages.js";
import type { Scan } from "../../../src/core/scan/scan.js";
import { ADA, FakeWorld, ROOM } from "../fake-world.js";

const world = new FakeWorld();
const scan: Scan = {
  tenantId: world.rules.tenantId,
  scanId: "scan",
  kind: "full",
  startedAt: "2026-11-22T10:00:00.000Z",
  fullSince: "2026-11-22T10:00:00.000Z",
  changesSince: "2026-11-20T10:00:00.000Z",
  askers: [{ person: ADA, conversation: ROOM, shows: "at-once" }],
  path: "report",
  listing: { step: "audit" },
  methods: [],
  recentIncluded: true,
  interruptions: 0,
};

function pagesOf(answer: (asked: string) => ReportPage | AccountPage = () => ({ people: [], methods: [] })) {
  const asked: string[] = [];
  const ask = async (question: string) => {
    asked.push(question);
    return answer(question);
  };
  const passkeys: PasskeySource = {
    ...world.ports.passkeys,
    reportedKeyholders: async ({ next, methods }) => ({
      methods: [],
      ...(await ask(`report ${next ?? "first"}${methods === undefined ? "" : ` ${methods}`}`)),
    }),
    enabledAccounts: (next) => ask(`accounts ${next ?? "first"}`),
  };
  const mayPass = (error: unknown) => error instanceof Fault && error.code === "graph-unavailable";
  return { asked, pages: new PeoplePages({ passkeys }, (read) => read(), mayPass) };
}

/** Until nothing more is asked for. */
const settled = () => new Promise((resolve) => setImmediate(resolve));
/** So many pages, each of which names the next one. */
const inPages = (pages: number) => (question: string) => {
  const at = Number(question.split(" ")[1]) || 1;
  return { people: [], methods: [question], ...(at < pages ? { next: `${at + 1}` } : {}) };
};

describe("pages of people", () => {
  it("are asked for once, also when asked for ahead", async () => {
    const { asked, pages } = pagesOf(inPages(2));
    pages.readAhead(scan, undefined);
    expect((await pages.page(scan, undefined)).methods).toEqual(["report first"]);
    await settled();
    expect(asked).toEqual(["report first", "report 2"]);
    expect((await pages.page(scan, "2")).methods).toEqual(["report 2"]);
    expect(asked).toHaveLength(2);
  });

  it("are asked for one after the other while none is wanted yet, eight at most, and go on as they are taken", async () => {
    const { asked, pages } = pagesOf(inPages(20));
    pages.readAhead(scan, undefined);
    await settled();
    expect(asked).toHaveLength(8);
    await pages.page(scan, undefined);
    await pages.page(scan, "2");
    await settled();
    expect(asked).toEqual(["report first", ...Array.from({ length: 9 }, (_, at) => `report ${at + 2}`)]);
  });

  it("are asked for before the rows of the page before them were looked at, and once", async () => {
    const asked: string[] = [];
    let readRows = (): void => {};
    const rowsRead = new Promise<void>((resolve) => {
      readRows = resolve;
    });
    const passkeys: PasskeySource = {
      ...world.ports.passkeys,
      reportedKeyholders: async ({ next = "1", foundNext }) => {
        asked.push(next);
        const following = next === "3" ? {} : { next: `${Number(next) + 1}` };
        if (following.next !== undefined) foundNext?.(following.next);
        await rowsRead;
        return { people: [], methods: [next], ...following };
      },
    };
    const pages = new PeoplePages(
      { passkeys },
      (read) => read(),
      () => false,
    );
    pages.readAhead(scan, undefined);
    await settled();
    expect(asked).toEqual(["1", "2", "3"]);
    readRows();
    const taken = [
      await pages.page(scan, undefined),
      await pages.page(scan, "2"),
      await pages.page(scan, "3"),
    ];
    expect(taken.map(({ methods }) => methods)).toEqual([["1"], ["2"], ["3"]]);
    expect(asked).toHaveLength(3);
  });

  it("are fewer ahead after each interruption, which would lose them, and one at least", async () => {
    const ahead = async (interruptions: number) => {
      const { asked, pages } = pagesOf(inPages(20));
      pages.readAhead({ ...scan, interruptions }, undefined);
      await settled();
      return asked.length;
    };
    expect([await ahead(1), await ahead(2), await ahead(3), await ahead(20)]).toEqual([4, 2, 1, 1]);
  });

  it("are not asked for any more when no more are wanted", async () => {
    const { asked, pages } = pagesOf(inPages(20));
    pages.readAhead(scan, undefined);
    pages.close();
    await settled();
    expect(asked).toEqual(["report first"]);
  });

  it("are asked for anew each time they are wanted", async () => {
    const { asked, pages } = pagesOf();
    pages.readAhead(scan, undefined);
    await pages.page(scan, undefined);
    await pages.page(scan, undefined);
    expect(asked).toEqual(["report first", "report first"]);
  });

  it("are asked for anew when the scan has become another one meanwhile", async () => {
    const { asked, pages } = pagesOf();
    const changes: Scan = { ...scan, kind: "changes", methods: ["fido2"] };
    pages.readAhead(changes, undefined);
    await pages.page({ ...scan, methods: [] }, undefined);
    pages.readAhead(scan, undefined);
    await pages.page({ ...scan, path: "all-users" }, undefined);
    expect(asked).toEqual(["report first fido2", "report first", "report first", "accounts first"]);
  });

  it("fail when they are wanted, and not before", async () => {
    const { asked, pages } = pagesOf(() => {
      throw new Fault("graph-denied", "no");
    });
    pages.readAhead(scan, undefined);
    await settled();
    await expect(pages.page(scan, undefined)).rejects.toThrow("no");
    expect(asked).toHaveLength(1);
  });

  it("are asked for once more when they are wanted, where the failure may have passed by then", async () => {
    let isAway = true;
    const { pages } = pagesOf(() => {
      if (isAway) throw new Fault("graph-unavailable", "no");
      return { people: [], methods: ["there"] };
    });
    pages.readAhead(scan, undefined);
    await settled();
    isAway = false;
    expect((await pages.page(scan, undefined)).methods).toEqual(["there"]);
  });
});
