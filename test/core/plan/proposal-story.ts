import { approvePlan } from "../../../src/core/approval/approve-plan.js";
import type { ChangeCommand } from "../../../src/core/command/command.js";
import type { EnableOptions } from "../../../src/core/command/enabling/enable-options.js";
import type { Refusal } from "../../../src/core/errors.js";
import type { Click } from "../../../src/core/plan/open-plan.js";
import type { Plan } from "../../../src/core/plan/plan.js";
import { proposeChange } from "../../../src/core/plan/propose-change.js";
import type { Aaguid } from "../../../src/core/policy/policy.js";
import type { Rules } from "../../../src/core/ports.js";
import { ADA, ASSERTION, FakeWorld, ROOM } from "../fake-world.js";
import { YUBIKEY_5C } from "../policy/sample-policies.js";
import { pressed } from "../pressed-cards.js";

export const KEY = YUBIKEY_5C as Aaguid;
export const OTHER_KEY = "833b721a-ff5f-4d00-bb2e-bdda3ec01e29" as Aaguid;

type Change = Partial<EnableOptions> | "disable";

/** Ada asks for changes; what comes of each, also when a scan has to come first. */
export class ProposalStory {
  readonly world = new FakeWorld();

  get rules(): Rules {
    return this.world.rules;
  }
  set rules(rules: Rules) {
    this.world.rules = rules;
  }

  /** @returns the first answer there is */
  ask(change: Change = {}): ReturnType<typeof proposeChange> {
    const command: ChangeCommand =
      change === "disable"
        ? { kind: "disable" }
        : {
            kind: "enable",
            options: { restriction: "as-fits", authenticators: ["ios", "android"], ...change },
          };
    const request = { command, typed: "typed", requester: ADA, conversation: ROOM };
    return proposeChange(this.world.ports, this.rules, request);
  }

  /** @returns the answer in the end */
  async propose(change: Change = {}): Promise<Plan | Refusal> {
    const { world } = this;
    const ended = world.scanEnd();
    const result = await this.ask(change);
    if (!("kind" in result) || result.kind === "refusal") return result;
    await ended;
    const failure = world.failed.at(-1);
    if (failure !== undefined) throw failure.error;
    const [answer] = [...world.refused.map(({ refusal }) => refusal), ...world.announced.slice(-1)];
    if (answer === undefined) throw new Error("nobody was answered");
    return answer;
  }

  async planned(change: Change = {}): Promise<Plan> {
    const plan = await this.propose(change);
    if ("kind" in plan) throw new Error(plan.code);
    return plan;
  }

  forGroup(name: string): Promise<Plan | Refusal> {
    return this.propose({ targets: { kind: "groups", names: [name] } });
  }

  clickOn(plan: Plan): Click {
    return pressed(plan);
  }

  approve(plan: Plan): ReturnType<typeof approvePlan> {
    return approvePlan(this.world.ports, this.rules, this.clickOn(plan), ASSERTION);
  }
}
