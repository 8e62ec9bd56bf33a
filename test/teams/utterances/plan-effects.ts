import type { Plan } from "../../../src/core/plan/plan.js";
import { parsePolicy } from "../../../src/core/policy/parse-policy.js";
import { ALL_USERS, type PasskeyRules, type Policy } from "../../../src/core/policy/policy.js";

/**
 * What a plan changes, a line for each: `on`, `off`, `+who Pilot`, `-except Contractors`, `+link Pilot @Synced`,
 * `attestation on`, `+model <AAGUID>`, `list allow`. What is of a profile ends with its name: ` @Synced`.
 */
export function planEffects({ proposal }: Plan): readonly string[] {
  const [before, after] = [parsePolicy(proposal.before), parsePolicy(proposal.after)];
  const nameOf = (id: string): string =>
    id === ALL_USERS
      ? "all users"
      : (Object.entries(proposal.groupNames).find(([group]) => group === id)?.[1] ?? id);
  return [
    ...new Set([...wholePolicy(before, after), ...people(before, after, nameOf), ...rules(before, after)]),
  ];
}

function wholePolicy(before: Policy, after: Policy): readonly string[] {
  const state = before.state === after.state ? [] : [after.state === "enabled" ? "on" : "off"];
  const selfService =
    before.selfService === after.selfService ? [] : [`selfservice ${onOff(after.selfService)}`];
  return [...state, ...selfService];
}

function people(before: Policy, after: Policy, nameOf: (id: string) => string): readonly string[] {
  const who = ({ include }: Policy) => include.map(({ id }) => `who ${nameOf(id)}`);
  const except = ({ exclude }: Policy) => exclude.map((id) => `except ${nameOf(id)}`);
  const links = (policy: Policy) =>
    policy.include.flatMap(({ id, profiles }) =>
      profiles.map((profile) => `link ${nameOf(id)} @${profilesOf(before, after).get(profile) ?? profile}`),
    );
  return [who, except, links].flatMap((list) => difference(list(before), list(after)));
}

function profilesOf(...policies: readonly Policy[]): ReadonlyMap<string, string> {
  const all = policies.flatMap((policy) => (policy.shape === "profiles" ? policy.profiles : []));
  return new Map(all.map(({ id, name }) => [id, name]));
}

/** Rules by the name of their profile; the legacy shape has one set without a name. */
function ruleSets(policy: Policy): ReadonlyMap<string, PasskeyRules> {
  if (policy.shape === "legacy") return new Map([["", policy]]);
  return new Map(policy.profiles.map((profile) => [` @${profile.name}`, profile]));
}

function rules(before: Policy, after: Policy): readonly string[] {
  const [old, fresh] = [ruleSets(before), ruleSets(after)];
  const sets = difference([...old.keys()], [...fresh.keys()]).map((each) =>
    each.replace(/^([+-]) @/, "$1profile "),
  );
  const inside = [...old].flatMap(([name, was]) => {
    const is = fresh.get(name);
    return is === undefined ? [] : rulesOfOne(was, is).map((effect) => effect + name);
  });
  return [...sets, ...inside];
}

function rulesOfOne(was: PasskeyRules, is: PasskeyRules): readonly string[] {
  const attestation =
    was.attestationEnforced === is.attestationEnforced
      ? []
      : [`attestation ${onOff(is.attestationEnforced)}`];
  const types = difference(was.types, is.types).map((each) => each.replace(/^[+-]/, "$&type "));
  const { restriction: old } = was;
  const { restriction: fresh } = is;
  const mode = old.mode === fresh.mode ? [] : [`list ${fresh.mode === "any" ? "none" : fresh.mode}`];
  const listed = (list: PasskeyRules["restriction"]) =>
    list.mode === "any" ? [] : list.aaguids.map((aaguid) => `model ${aaguid}`);
  return [...attestation, ...types, ...mode, ...difference(listed(old), listed(fresh))];
}

function difference(before: readonly string[], after: readonly string[]): readonly string[] {
  const gone = before.filter((each) => !after.includes(each)).map((each) => `-${each}`);
  return [...gone, ...after.filter((each) => !before.includes(each)).map((each) => `+${each}`)];
}

function onOff(is: boolean): string {
  return is ? "on" : "off";
}
