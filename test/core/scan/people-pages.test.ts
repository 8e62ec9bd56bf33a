import { describe, expect, it } from "vitest";
import { Fault } from "../../../src/core/errors.js";
import type { AccountPage, PasskeySource, ReportPage } from "../../../src/core/ports.js";
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
  return { asked, pages: new PeoplePages({ passkeys }, (read) => read()) };
}

describe("pages of people", () => {
  it("are asked for once, also when asked for ahead", async () => {
    const { asked, pages } = pagesOf((question) => ({ people: [], methods: [question] }));
    pages.askAhead(scan, undefined);
    expect((await pages.page(scan, undefined)).methods).toEqual(["report first"]);
    pages.askAhead(scan, "two");
    expect(asked).toEqual(["report first", "report two"]);
    expect((await pages.page(scan, "two")).methods).toEqual(["report two"]);
    expect(asked).toHaveLength(2);
  });

  it("are asked for anew each time they are wanted", async () => {
    const { asked, pages } = pagesOf();
    pages.askAhead(scan, undefined);
    await pages.page(scan, undefined);
    await pages.page(scan, undefined);
    expect(asked).toEqual(["report first", "report first"]);
  });

  it("are asked for anew when the scan has become another one meanwhile", async () => {
    const { asked, pages } = pagesOf();
    const changes: Scan = { ...scan, kind: "changes", methods: ["fido2"] };
    pages.askAhead(changes, undefined);
    await pages.page({ ...scan, methods: [] }, undefined);
    pages.askAhead(scan, undefined);
    await pages.page({ ...scan, path: "all-users" }, undefined);
    expect(asked).toEqual(["report first fido2", "report first", "report first", "accounts first"]);
  });

  it("fail when they are wanted, and not before", async () => {
    const { pages } = pagesOf(() => {
      throw new Fault("graph-denied", "no");
    });
    pages.askAhead(scan, undefined);
    await new Promise((resolve) => setImmediate(resolve));
    await expect(pages.page(scan, undefined)).rejects.toThrow("no");
  });
});
