import type { SimulatedEntra } from "../../../simulators/entra/simulated-entra.js";
import type { GraphFault } from "../../../simulators/graph/fault-board.js";
import type { SimulatedGraph } from "../../../simulators/graph/simulated-graph.js";
import { ROLE } from "../../../simulators/tenant/directory-roles.js";
import { MODEL } from "../../../simulators/tenant/sample-authenticators.js";
import { SAMPLE_POLICY_NAMES, samplePolicy } from "../../../simulators/tenant/sample-policies.js";
import { SAMPLE_PEOPLE } from "../../../simulators/tenant/sample-tenant.js";
import type { SimPolicy, SimulatedTenant } from "../../../simulators/tenant/simulated-tenant.js";

/** Something a visitor of the page can do to the tenant, or switch on and off. */
interface Button {
  readonly label: string;
  readonly press: () => void;
  /** For a switch: whether it is on. */
  readonly isOn?: () => boolean;
}

interface ButtonGroup {
  readonly title: string;
  readonly hint: () => string;
  readonly buttons: Readonly<Record<string, Button>>;
}

/** Names of buttons are `group/button`, e.g. `write/no-effect`. */
export interface World {
  describe(): readonly {
    readonly title: string;
    readonly hint: string;
    readonly buttons: readonly {
      readonly name: string;
      readonly label: string;
      readonly on: boolean | null;
    }[];
  }[];
  /** @returns false when there is no button of that name */
  press(name: string): boolean;
}

interface WorldOptions {
  readonly tenant: SimulatedTenant;
  readonly entra: SimulatedEntra;
  readonly graph: SimulatedGraph;
}

/** One of the two delegated permissions of a write. */
const WRITES_TAKE = "User.Read";
const POLICY = "/authenticationMethodConfigurations";

/** The buttons with which the world around the bot can be made to misbehave. */
export function simulatedWorld(options: WorldOptions): World {
  const groups: Readonly<Record<string, ButtonGroup>> = {
    portal: portalEdits(options),
    preset: presets(options),
    write: nextWrite(options),
    read: nextReads(options),
    grace: graceSwitches(options),
  };
  return {
    describe: () =>
      Object.entries(groups).map(([group, { title, hint, buttons }]) => ({
        title,
        hint: hint(),
        buttons: Object.entries(buttons).map(([name, { label, isOn }]) => ({
          name: `${group}/${name}`,
          label,
          on: isOn?.() ?? null,
        })),
      })),
    press(name) {
      const [group = "", button = ""] = name.split("/");
      const found = groups[group]?.buttons[button];
      found?.press();
      return found !== undefined;
    },
  };
}

function portalEdits({ graph }: WorldOptions): ButtonGroup {
  const by = SAMPLE_PEOPLE.katherine.id;
  const edit = (mutate: (policy: SimPolicy) => void) => () => graph.portalEdit(by, mutate);
  return {
    title: "Katherine edits the policy in the portal",
    hint: () =>
      "A plan made before this is out of date: nothing is written on its approval. Say “drift” in a window to see what was changed.",
    buttons: {
      state: {
        label: "switch passkeys on or off",
        press: edit((policy) => {
          policy.state = policy.state === "enabled" ? "disabled" : "enabled";
        }),
      },
      selfService: {
        label: "switch self-service set-up on or off",
        press: edit((policy) => {
          policy.isSelfServiceRegistrationAllowed = !policy.isSelfServiceRegistrationAllowed;
        }),
      },
      list: {
        label: "put Titan keys on the list, or take them off",
        press: edit((policy) => {
          const standard = policy.passkeyProfiles.find(({ id }) => id === policy.defaultPasskeyProfile);
          toggle((standard ?? policy).keyRestrictions.aaGuids, MODEL.titan.aaguid);
        }),
      },
    },
  };
}

function presets({ graph }: WorldOptions): ButtonGroup {
  const replace = (name: (typeof SAMPLE_POLICY_NAMES)[number]) =>
    graph.portalEdit("microsoft", (policy) => {
      for (const key of Object.keys(policy)) delete policy[key];
      Object.assign(policy, samplePolicy(name));
    });
  return {
    title: "Start from another policy",
    hint: () => "Appears in the audit log as a change by Microsoft.",
    buttons: Object.fromEntries(
      SAMPLE_POLICY_NAMES.map((name) => [
        name,
        { label: name.replace(/-/g, " "), press: () => replace(name) },
      ]),
    ),
  };
}

function nextWrite({ graph }: WorldOptions): ButtonGroup {
  const fault = (effect: GraphFault) => () =>
    void graph.faults.next({ method: "PATCH", path: POLICY, ...effect });
  return {
    title: "What the next write meets",
    hint: () =>
      `Each strikes once (${waiting(graph)} waiting). Nothing may be called applied before it was read back.`,
    buttons: {
      "no-effect": { label: "204, and nothing is changed", press: fault({ noEffect: true }) },
      "drop-after": { label: "connection lost, but it was written", press: fault({ drop: "after" }) },
      "drop-before": { label: "connection lost, not written", press: fault({ drop: "before" }) },
      throttled: {
        label: "429, try again in 5 s",
        press: fault({ status: 429, code: "TooManyRequests", retryAfter: 5 }),
      },
      unavailable: { label: "503", press: fault({ status: 503, code: "ServiceUnavailable" }) },
      clear: { label: "take all faults back", press: () => graph.faults.clear() },
    },
  };
}

function nextReads({ graph }: WorldOptions): ButtonGroup {
  const fault = (effect: GraphFault) => () => void graph.faults.next({ method: "GET", ...effect });
  return {
    title: "What the next reads meet",
    hint: () => "",
    buttons: {
      policy: {
        label: "the policy cannot be read (503)",
        press: fault({ path: POLICY, status: 503, times: 4 }),
      },
      throttled: {
        label: "20 reads throttled (429, 2 s)",
        press: fault({ status: 429, code: "TooManyRequests", retryAfter: 2, times: 20 }),
      },
      passkeys: {
        label: "passkeys of 5 people cannot be read (403)",
        press: fault({ path: "/fido2Methods", status: 403, code: "accessDenied", times: 5 }),
      },
    },
  };
}

function graceSwitches({ tenant, entra }: WorldOptions): ButtonGroup {
  const { id } = SAMPLE_PEOPLE.grace;
  const roles = tenant.users.get(id)?.roles ?? [];
  const { authenticationPolicyAdministrator } = ROLE;
  const { delegated } = tenant.consents;
  return {
    title: "Grace’s sign-in",
    hint: () =>
      "With one of the first three she presses Approve and gets a link: she signs in in a browser, and the approval goes on by itself.",
    buttons: {
      silent: {
        label: "Teams cannot sign her in silently",
        isOn: () => entra.signInRules.notSilently.has(id),
        press: () => {
          const { notSilently } = entra.signInRules;
          if (!notSilently.delete(id)) notSilently.add(id);
        },
      },
      consent: {
        label: "the tenant has not consented to the app",
        isOn: () => !delegated.has(WRITES_TAKE),
        press: () => {
          if (!delegated.delete(WRITES_TAKE)) delegated.add(WRITES_TAKE);
        },
      },
      mfa: faultSwitch("must use a second factor first", () =>
        entra.faults.set("mfaRequired", { person: id }),
      ),
      ...contextSwitch(entra),
      role: {
        label: "her role has run out",
        isOn: () => !roles.includes(authenticationPolicyAdministrator),
        press: () => toggle(roles, authenticationPolicyAdministrator),
      },
    },
  };
}

/** There with `REQUIRE_AUTH_CONTEXT` only: without it no context is asked for. */
function contextSwitch({ signInRules: { contexts, withheldContexts } }: SimulatedEntra) {
  if (contexts.size === 0) return {};
  const context: Button = {
    label: "Entra does not give the authentication context",
    isOn: () => withheldContexts.size > 0,
    press: () => {
      if (withheldContexts.size > 0) return withheldContexts.clear();
      for (const name of contexts.keys()) withheldContexts.add(name);
    },
  };
  return { context };
}

const waiting = (graph: SimulatedGraph): number =>
  graph.faults.pending.filter(({ method }) => method === "PATCH").length;

function faultSwitch(label: string, set: () => () => void): Button {
  let clear: (() => void) | undefined;
  return {
    label,
    isOn: () => clear !== undefined,
    press: () => {
      if (clear === undefined) clear = set();
      else {
        clear();
        clear = undefined;
      }
    },
  };
}

function toggle<T>(list: T[], item: T): void {
  const index = list.indexOf(item);
  if (index < 0) list.push(item);
  else list.splice(index, 1);
}
