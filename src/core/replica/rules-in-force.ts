import {
  asStrictAs,
  type DecidingRules,
  decidingRules,
  differences,
  readDecidingRules,
} from "../access/strictest-rules.js";
import type { Json } from "../json.js";
import type { TenantId } from "../person.js";
import type { Attention, Rules } from "../ports.js";

/** What a living process told of its rules: empty text, when it is of a version that tells none. */
export type ToldRules = readonly string[];

/** The rules by which everything is decided: those of this process, made as strict as those of the others that live. */
export class RulesInForce {
  /** To be handed on once: what is read of it is what is in force at that moment. */
  readonly rules: Rules;
  /** Of this process, as it tells the others. */
  readonly told: string;
  readonly #own: Rules;
  readonly #attention: Attention;
  #current: Rules;

  constructor(own: Rules, attention: Attention) {
    this.#own = own;
    this.#attention = attention;
    this.#current = own;
    this.told = JSON.stringify({ tenantId: own.tenantId, ...decidingRules(own) });
    const now = () => this.#current;
    this.rules = {
      ...own,
      get approvers() {
        return now().approvers;
      },
      get furtherApprovers() {
        return now().furtherApprovers ?? [];
      },
      get approvalsRequired() {
        return now().approvalsRequired;
      },
      get allowSelfApproval() {
        return now().allowSelfApproval;
      },
      get emergencyAccounts() {
        return now().emergencyAccounts;
      },
      get signInDemands() {
        return now().signInDemands ?? [];
      },
    };
  }

  /** Takes in what the other processes that live have told. */
  observe(told: ToldRules): void {
    const others = told.flatMap((each) => readTold(each, this.#own.tenantId));
    const readable = others.filter((each) => each !== "untold");
    this.#current = asStrictAs(this.#own, readable);
    this.#attention.about(
      "rules of processes",
      sentences(this.#own, readable, others.length > readable.length),
    );
  }
}

function readTold(text: string, tenant: TenantId): readonly (DecidingRules | "untold")[] {
  try {
    const told: Json = JSON.parse(text);
    // Of another tenant, which shares nothing but the database.
    if (typeof told === "object" && told !== null && "tenantId" in told && told.tenantId !== tenant)
      return [];
    return [readDecidingRules(told) ?? "untold"];
  } catch {
    return ["untold"]; // Said to the operator: it runs under rules that are not known here.
  }
}

function sentences(own: Rules, others: readonly DecidingRules[], isUntold: boolean): readonly string[] {
  const differ = differences([decidingRules(own), ...others]);
  return [
    ...(differ.length === 0
      ? []
      : [
          `Processes on this store differ in ${differ.join(", ")}: the strictest holds for all of them. Start them with the same settings.`,
        ]),
    ...(isUntold
      ? [
          "A process on this store does not say by which rules it decides. Run one version of Latchkey everywhere.",
        ]
      : []),
  ];
}
