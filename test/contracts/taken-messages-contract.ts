import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { replicaId } from "../../src/core/person.js";
import type { Store } from "../../src/storage/open-store.js";
import type { OpenedStore } from "./store-contract.js";
import { AT, BOB, draft, entry, OTHER_TENANT, TENANT } from "./stored-things.js";

const ONE = replicaId("eeeeeeee-0000-4000-8000-000000000001");
const TWO = replicaId("eeeeeeee-0000-4000-8000-000000000002");
const taken = (key: string, taker = ONE) => ({ key, tenantId: TENANT, taker, takenAt: AT });

export function describeTakenMessages(name: string, open: () => Promise<OpenedStore>): void {
  let opened: OpenedStore;
  let store: Store;
  beforeEach(async () => {
    opened = await open();
    store = opened.store;
  });
  afterEach(() => opened.close());

  describe(`${name}: taken messages`, () => {
    it("are taken by one process, however many try at the same moment, and known after a restart", async () => {
      const tries = Array.from({ length: 10 }, (_, at) => taken("a", at % 2 === 0 ? ONE : TWO));
      const answers = await Promise.all(tries.map((each) => store.takenMessages.take(each)));
      expect(answers.filter(({ kind }) => kind === "ours")).toHaveLength(1);
      store = await opened.reopen();
      expect(await store.takenMessages.take(taken("a"))).toMatchObject({ kind: "taken" });
      expect(await store.takenMessages.take(taken("b"))).toEqual({ kind: "ours" });
    });

    it("are taken over from the process that had them, by one, and not once they are answered", async () => {
      const { takenMessages } = store;
      await takenMessages.take(taken("a"));
      expect(await takenMessages.takeOver("a", TWO, ONE)).toBe(false);
      const both = [takenMessages.takeOver("a", ONE, TWO), takenMessages.takeOver("a", ONE, TWO)];
      expect((await Promise.all(both)).sort()).toEqual([false, true]);
      expect(await takenMessages.take(taken("a"))).toEqual({ kind: "taken", by: TWO });
      await takenMessages.answered("a");
      expect(await takenMessages.takeOver("a", TWO, ONE)).toBe(false);
      expect(await takenMessages.take(taken("a"))).toEqual({ kind: "answered" });
    });

    it("are forgotten when they are old, and those of another tenant are not", async () => {
      const { takenMessages } = store;
      const later = "2026-11-22T11:00:00.000Z";
      await takenMessages.take(taken("old"));
      await takenMessages.take({ ...taken("new"), takenAt: later });
      await takenMessages.take({ ...taken("other"), tenantId: OTHER_TENANT });
      await takenMessages.forget(TENANT, later);
      expect(await takenMessages.take(taken("old"))).toEqual({ kind: "ours" });
      expect(await takenMessages.take(taken("new"))).toMatchObject({ kind: "taken" });
      expect(await takenMessages.take(taken("other"))).toMatchObject({ kind: "taken" });
    });
  });

  describe(`${name}: what people ask for`, () => {
    const { proposal } = draft();
    const onPolicy = (fingerprint: string) => draft({ proposal: { ...proposal, fingerprint } });

    it("is one plan, however often the same is asked for and even at the same moment", async () => {
      const asked = [draft(), draft({ requester: BOB }), draft(), draft({ requester: BOB })];
      const made = await Promise.all(asked.map((each) => store.plans.propose(each, [entry()])));
      expect(made.map(({ kind }) => kind).sort()).toEqual(["created", "same", "same", "same"]);
      expect(made.map((each) => "plan" in each && each.plan.number)).toEqual([1, 1, 1, 1]);
      expect(await store.audit.read(TENANT)).toHaveLength(1);
    });

    it("is another plan for another wish, on another policy, when it comes to something else, or in another tenant", async () => {
      const others = [
        draft(),
        draft({ intent: { kind: "disable" } }),
        onPolicy("another"),
        draft({ proposal: { ...proposal, after: { ...proposal.after, added: true } } }),
        draft({ tenantId: OTHER_TENANT }),
      ];
      for (const other of others) {
        expect((await store.plans.propose(other, [entry()])).kind).toBe("created");
      }
    });

    it("is another plan once the first is decided, or its time is up", async () => {
      const made = await store.plans.propose(draft(), [entry()]);
      if (made.kind !== "created") throw new Error(made.kind);
      const { expiresAt } = draft();
      expect((await store.plans.propose(draft({ createdAt: expiresAt }), [entry()])).kind).toBe("created");
    });

    it("is at most ten open plans of one person, also when they are asked for at the same moment", async () => {
      const drafts = Array.from({ length: 14 }, (_, at) => onPolicy(`policy ${at}`));
      const made = await Promise.all(drafts.map((each) => store.plans.propose(each, [entry()])));
      const refused = made.filter(({ kind }) => kind === "too-many");
      expect(refused).toHaveLength(4);
      expect(refused[0]).toEqual({ kind: "too-many", planNumbers: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] });
      expect((await store.plans.propose({ ...onPolicy("another"), requester: BOB }, [entry()])).kind).toBe(
        "created",
      );
      // Those whose time is up are no longer open, though the process that says so has not come to them.
      const later = { ...onPolicy("later"), createdAt: draft().expiresAt };
      expect((await store.plans.propose(later, [entry()])).kind).toBe("created");
    });

    it("in one message is one plan, also when the process that took the message ended before it answered", async () => {
      await store.takenMessages.take(taken("a"));
      const first = await store.plans.propose(draft(), [entry()], { message: "a" });
      store = await opened.reopen();
      // The policy is another one by now: only the message tells that it is the same request.
      const again = await store.plans.propose(onPolicy("another"), [entry()], { message: "a" });
      expect(again).toEqual({ kind: "same", plan: "plan" in first && first.plan });
    });
  });
}
