import { fc } from "../../setup/drawn.js";
import type { Life } from "./simulated-process.js";
import type { Behaviour } from "./simulated-tenant.js";
import type { Step } from "./steps.js";

/** True in one case of so many. */
const oneIn = (many: number) => fc.nat(many - 1).map((number) => number === 0);

const at = fc.integer({ min: 0, max: 1 });
const plan = fc.constantFrom(0, 0, 0, 1);
const approver = fc.constantFrom(1, 1, 1, 1, 2, 2, 2, 2, 0, 3);
const anybody = fc.integer({ min: 0, max: 3 });

const clockOff = fc.constantFrom(0, 0, -4_000, 4_000);

/** One of a process. */
export const anyLife: fc.Arbitrary<Life> = fc.record({
  approvalsRequired: fc.constantFrom(1, 1, 1, 2),
  allowSelfApproval: fc.constantFrom(false, false, true),
  clockOff,
});

/** Graph takes no writes for a while. */
export const throttled: fc.Arbitrary<Behaviour> = fc.constantFrom<Behaviour[]>(
  { says: 429, effect: "none", times: 1, retryAfter: 2 },
  { says: 429, effect: "none", times: 1, retryAfter: 30 },
  { says: 429, effect: "none", times: 2, retryAfter: undefined },
  { says: 429, effect: "none", times: 20, retryAfter: 10 },
);

const answered: fc.Arbitrary<Behaviour> = fc.constantFrom<Behaviour[]>(
  { says: "accepted", effect: "now" },
  { says: "accepted", effect: "late" },
  { says: "accepted", effect: "none" },
  { says: "nothing", effect: "now" },
  { says: "nothing", effect: "late" },
  { says: "nothing", effect: "late" },
  { says: "nothing", effect: "none" },
  { says: 503, effect: "now" },
  { says: 503, effect: "none" },
  { says: 400, effect: "none" },
  { says: 403, effect: "none" },
  { says: 409, effect: "none" },
);

/** What Graph does with the next write. */
export const behaviour: fc.Arbitrary<Behaviour> = fc.oneof(
  { weight: 12, arbitrary: answered },
  { weight: 4, arbitrary: throttled },
);

const step = <Kind extends Step["do"]>(
  kind: Kind,
  rest: {
    [Key in Exclude<keyof Extract<Step, { do: Kind }>, "do">]: fc.Arbitrary<Extract<Step, { do: Kind }>[Key]>;
  },
): fc.Arbitrary<Step> => fc.record({ do: fc.constant(kind), ...rest }) as unknown as fc.Arbitrary<Step>;

const milliseconds = fc.constantFrom(
  1_000,
  4_000,
  9_000,
  11_000,
  21_000,
  31_000,
  45_000,
  45_000,
  31_000,
  21_000,
  9_000,
  3_700_000,
);

const only = fc.constantFrom(undefined, 0, 1);
const proceed = step("proceed", { only, picks: fc.array(fc.nat(20), { minLength: 1, maxLength: 30 }) });
const propose = step("propose", {
  at,
  who: fc.constantFrom(0, 0, 0, 1),
  what: fc.constantFrom("opposite", "opposite", "opposite", "enable", "disable", "undo", "put-back"),
});
const approve = step("approve", { at, who: approver, plan, old: oneIn(8) });
const faulty = step("fault", {
  in: fc.constantFrom("store", "store", "policy", "throttled", "directory"),
  when: fc.constantFrom("before", "after"),
});
const edit = step("edit", { to: fc.constantFrom("relevant", "irrelevant", "wanted", "before"), plan });
const time = step("time", { milliseconds, asleep: fc.constantFrom(undefined, undefined, 0, 1) });

/** What may happen while a write waits for Graph. */
export const whilePutOff: fc.Arbitrary<Step> = fc.oneof(
  step("edit", { to: fc.constantFrom("relevant", "relevant", "wanted", "before"), plan: fc.constant(0) }),
  step("cancel", { at, who: anybody, plan: fc.constant(0) }),
  step("reject", { at, who: anybody, plan: fc.constant(0) }),
  step("role", { who: fc.constant(1), holds: fc.constant(false) }),
  step("approve", { at, who: approver, plan, old: fc.constant(false) }),
  step("settle", { at }),
  step("mistake", { at: fc.constant(0), gone: fc.constant(true) }),
  step("crash", { at: fc.constant(0), lost: fc.boolean() }),
  faulty,
  time,
);

/** What may happen next; what moves things on comes most often. */
export const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: proceed },
  { weight: 6, arbitrary: step("finish", { only }) },
  { weight: 7, arbitrary: propose },
  { weight: 14, arbitrary: approve },
  { weight: 1, arbitrary: step("reject", { at, who: anybody, plan }) },
  { weight: 2, arbitrary: step("cancel", { at, who: anybody, plan }) },
  { weight: 1, arbitrary: step("show", { at, plan }) },
  { weight: 4, arbitrary: step("settle", { at }) },
  { weight: 3, arbitrary: step("watch", { at }) },
  { weight: 1, arbitrary: step("accept", { at, who: approver, old: oneIn(8) }) },
  { weight: 2, arbitrary: step("scan", { at, plan, complete: oneIn(5).map((not) => !not) }) },
  { weight: 3, arbitrary: edit },
  {
    weight: 2,
    arbitrary: step("role", { who: fc.constantFrom(1, 2, 3), holds: oneIn(3).map((not) => !not) }),
  },
  { weight: 8, arbitrary: step("graph", { behaviour }) },
  { weight: 2, arbitrary: faulty },
  { weight: 4, arbitrary: time },
  { weight: 2, arbitrary: step("mistake", { at, gone: oneIn(3).map((not) => !not) }) },
  { weight: 1, arbitrary: step("clock", { at, off: clockOff }) },
  { weight: 2, arbitrary: step("crash", { at, lost: fc.boolean() }) },
  { weight: 2, arbitrary: step("restart", { at, life: anyLife }) },
);
