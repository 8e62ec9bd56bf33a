import { unreachable } from "../../errors.js";
import type { RuleEffect } from "../../impact/rule-effects.js";
import { counted } from "../amounts.js";
import type { Medium } from "../medium.js";
import { typesWords } from "../policy-words.js";

/** "allow 3 more models in profile Synced": what becomes of the rules, in the few words that a title has room for. */
export function ruleWords(rule: RuleEffect, { quote }: Medium): string {
  const profile = rule.profile === undefined ? "" : ` in profile ${quote(rule.profile)}`;
  return `${whatOf(rule)}${profile}${rule.reachesNobody ? ", which nobody has" : ""}`;
}

function whatOf(rule: RuleEffect): string {
  switch (rule.rule) {
    case "list-starts":
      return `allow only ${counted(rule.models, "model")}`;
    case "list-turned-round":
      return rule.mode === "allow"
        ? `allow only ${counted(rule.models, "model")} in place of the block list`
        : `block ${counted(rule.models, "model")} and allow all others`;
    case "list-ends":
      return "allow any authenticator";
    case "list-changes":
      return listWords(rule);
    case "attestation":
      return rule.enforced ? "enforce attestation" : "enforce attestation no longer";
    case "types":
      return `admit ${typesWords(rule.types)} passkeys`;
    case "self-service":
      return rule.allowed ? "allow self-service set-up" : "allow self-service set-up no longer";
    default:
      return unreachable(rule);
  }
}

function listWords({ mode, added, removed }: Extract<RuleEffect, { rule: "list-changes" }>): string {
  const [allowed, blocked] = mode === "allow" ? [added, removed] : [removed, added];
  return [
    ...(allowed > 0
      ? [mode === "allow" ? `allow ${more(allowed)}` : `unblock ${counted(allowed, "model")}`]
      : []),
    ...(blocked > 0
      ? [mode === "allow" ? `remove ${counted(blocked, "model")}` : `block ${more(blocked)}`]
      : []),
  ].join(", ");
}

const more = (count: number): string => `${counted(count, "more model")}`;
