import type { ChangeCommand, CommandNamed } from "../command/command.js";
import type { EnableOptions } from "../command/enabling/enable-options.js";
import { type Refusal, unreachable } from "../errors.js";
import type { Intent } from "../policy/intent.js";
import type { SeenModel } from "../policy/model.js";
import type { Ports, Rules } from "../ports.js";
import { resolveGroups } from "./named/resolve-groups.js";
import { resolveNamed } from "./named/resolve-named.js";
import { profileName, resolveNewProfile } from "./named/resolve-profile.js";
import { resolvePutBack } from "./resolve-put-back.js";
import { resolveUndo } from "./resolve-undo.js";
import { resolveNextStage } from "./stages/resolve-next-stage.js";

/**
 * Turns a command into an intent: each group name has to mean exactly one group, each model's name one model, and
 * only what was applied can be undone.
 * @param seen models of the tenant's last scan, which may have names only Graph knows
 * @throws Fault
 */
export async function resolveIntent(
  ports: Pick<
    Ports,
    | "directory"
    | "catalogue"
    | "metrics"
    | "plans"
    | "watch"
    | "log"
    | "attention"
    | "alteredPlans"
    | "stages"
  > & { readonly tenant: Pick<Ports["tenant"], "readPolicy"> },
  rules: Pick<Rules, "tenantId">,
  command: ChangeCommand,
  seen: readonly SeenModel[] = [],
): Promise<Intent | Refusal> {
  switch (command.kind) {
    case "disable":
      return { kind: "disable" };
    case "enable":
      return resolveEnable(ports, command.options, seen);
    case "allow":
    case "remove":
      return resolveNamed(ports, command, seen);
    case "allow-keys-in-use": {
      const { kind, ...profile } = command;
      return { kind: "allow-in-use", ...profile };
    }
    case "add-group":
    case "remove-group":
    case "exclude-group":
    case "include-group": {
      const { kind, groups: names, ...profile } = command;
      const groups = await resolveGroups(ports, names, seen);
      return "kind" in groups ? groups : { kind, groups, ...profile };
    }
    case "promote":
      return resolvePromotion(ports, command, seen);
    case "next-stage":
      return resolveNextStage(ports, rules);
    case "create-profile":
      return resolveNewProfile(ports, command.profile, seen);
    case "rename-profile": {
      const name = profileName(command.name);
      return typeof name === "string" ? { ...command, name } : name;
    }
    case "delete-profile":
    case "admit-kind":
    case "refuse-kind":
    case "use-profiles":
      return command;
    case "undo":
      return resolveUndo(ports, rules, command.planNumber);
    case "put-back":
      return resolvePutBack(ports, rules, command);
    default:
      return unreachable(command);
  }
}

async function resolvePromotion(
  ports: Pick<Ports, "directory" | "catalogue" | "log">,
  command: CommandNamed<"promote">,
  seen: readonly SeenModel[],
): Promise<Intent | Refusal> {
  const { kind, to, from, ...profile } = { from: undefined, ...command };
  const pilot = from === undefined ? [] : await resolveGroups(ports, [from], seen);
  if ("kind" in pilot) return pilot;
  const [named] = pilot;
  const said = { kind, ...(named === undefined ? {} : { from: named }), ...profile };
  if (to === "everyone") return { ...said, targets: { kind: "all-users" } };
  const groups = await resolveGroups(ports, to, seen);
  return "kind" in groups ? groups : { ...said, targets: { kind: "groups", groups } };
}

async function resolveEnable(
  ports: Pick<Ports, "directory" | "catalogue" | "log">,
  options: EnableOptions,
  seen: readonly SeenModel[],
): Promise<Intent | Refusal> {
  const { targets, ...rest } = options;
  if (targets === undefined) return { kind: "enable", ...rest };
  if (targets.kind === "all-users") return { kind: "enable", ...rest, targets };
  const { names, ...said } = targets;
  const groups = await resolveGroups(ports, names, seen);
  return "kind" in groups ? groups : { kind: "enable", ...rest, targets: { ...said, groups } };
}
