import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Plan, summaryOf } from "../../src/core/plan/plan.js";
import type { Store } from "../../src/storage/open-store.js";
import type { OpenedStore } from "./store-contract.js";
import {
  applying,
  BOB,
  cancelled,
  draft,
  entry,
  entryOf,
  OTHER_TENANT,
  ROOM,
  TENANT,
} from "./stored-things.js";

/** What a store does that was put back to an earlier state behind the back of a process that has it open: nothing. */
export function describePutBack(name: string, open: () => Promise<OpenedStore>): void {
  describe(`${name}: a store that was put back`, () => {
    const FAULT = { name: "Fault", code: "store-put-back" };
    let opened: OpenedStore;
    let store: Store;
    let plan: Plan;
    beforeEach(async () => {
      opened = await open();
      store = opened.store;
      plan = await store.plans.create(draft(), [entry({ revision: 1 })]);
    });
    afterEach(() => opened.close());

    /** The record ends where it ended before, with the plan as it was then. */
    async function putBack({ last = 1 } = {}): Promise<void> {
      const quoted = (value: object) => `'${JSON.stringify(value).replaceAll("'", "''")}'`;
      const row = `body = ${quoted(plan)}, summary = ${quoted(summaryOf(plan))}`;
      await opened.meddle(`update plans set ${row}, state = 'waiting', version = 1`);
      await opened.meddle(`delete from audit where sequence > ${last}`);
      await opened.meddle(`update tenants set last_audit = ${last}`);
    }
    const approve = () =>
      store.plans.replace(
        {
          ...plan,
          approvals: [{ by: BOB, at: plan.createdAt, revision: 1, conversation: ROOM }],
          state: applying,
        },
        [{ ...entryOf(plan, "plan-approved"), by: BOB }],
      );

    it("takes no decision, no plan and no record in a process that stored what is missing", async () => {
      await store.plans.replace({ ...plan, state: cancelled }, [entryOf(plan, "plan-cancelled")]);
      await putBack();
      await expect(approve()).rejects.toMatchObject(FAULT);
      await expect(store.plans.propose(draft(), [entry()])).rejects.toMatchObject(FAULT);
      await expect(store.audit.append(entry())).rejects.toMatchObject(FAULT);
      expect(await store.audit.read(TENANT)).toHaveLength(1);
      expect(await store.plans.find(TENANT, 1)).toEqual(plan);
      expect(await store.audit.goneEnd(TENANT)).toMatchObject({ sequence: 2 });
    });

    it("takes none in a process that only looked at the record, either", async () => {
      await store.plans.replace({ ...plan, state: cancelled }, [entryOf(plan, "plan-cancelled")]);
      store = await opened.reopen();
      expect(await store.audit.goneEnd(TENANT)).toBeUndefined();
      await putBack();
      await expect(approve()).rejects.toMatchObject(FAULT);
      expect(await store.audit.goneEnd(TENANT)).toMatchObject({ sequence: 2 });
    });

    it("takes none when another record stands where the missing one stood", async () => {
      await store.audit.append(entry());
      await opened.meddle(`update audit set hash = '${"0".repeat(64)}' where sequence = 2`);
      await expect(store.audit.append(entry())).rejects.toMatchObject(FAULT);
    });

    it("takes none when nothing is left of the record", async () => {
      await putBack({ last: 0 });
      await expect(store.audit.append(entry())).rejects.toMatchObject(FAULT);
    });

    it("goes on when what is missing is there again, and does not mind a change that was undone", async () => {
      const kept = await store.audit.append(entry());
      await opened.meddle("create table kept as select * from audit");
      await putBack();
      await expect(store.audit.append(entry())).rejects.toMatchObject(FAULT);
      await opened.meddle("insert into audit select * from kept where sequence = 2");
      await opened.meddle("update tenants set last_audit = 2");
      await opened.meddle("drop table kept");
      const undone = { ...entry(), detail: { broken: 1n } } as unknown as ReturnType<typeof entry>;
      await expect(store.plans.create(draft(), [entry(), undone])).rejects.toThrow();
      expect(await store.audit.append(entry())).toMatchObject({ sequence: 3, previousHash: kept.hash });
    });

    it("takes one by a process that never saw what is missing, and of another tenant", async () => {
      await store.audit.append(entry());
      await putBack();
      expect(await store.audit.append(entry({ tenantId: OTHER_TENANT }))).toMatchObject({ sequence: 1 });
      store = await opened.reopen();
      expect(await store.audit.append(entry())).toMatchObject({ sequence: 2 });
    });
  });
}
