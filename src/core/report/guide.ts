import { PLATFORMS, type Platform } from "../command/guide/platform.js";
import { Fault } from "../errors.js";
import type { PersonId } from "../person.js";
import { parsePolicy } from "../policy/parse-policy.js";
import {
  type Aaguid,
  AUTHENTICATOR_ANDROID,
  AUTHENTICATOR_IOS,
  NO_AAGUID,
  type PasskeyRules,
  type Policy,
} from "../policy/policy.js";
import { permits } from "../policy/restriction-rules.js";
import { type Memberships, rulesFor } from "../policy/who-may-use.js";
import type { Ports } from "../ports.js";

/** Security keys a person may register. */
export type KeysAllowed =
  | { readonly mode: "any" }
  | { readonly mode: "only" | "all-but"; readonly names: readonly string[] };

/** What today's policy says to one person who wants a passkey on one platform. */
export type GuideStanding =
  /** The policy or the person's groups could not be read. */
  | { readonly kind: "unknown" }
  | { readonly kind: "off" }
  | { readonly kind: "not-for-you" }
  /** Only administrators register passkeys. */
  | { readonly kind: "not-by-yourself" }
  /** @see instead platforms that the policy does allow this person */
  | { readonly kind: "not-allowed"; readonly instead: readonly Platform[] }
  /** Asked in a conversation that others read: what holds for one of them is not said there. */
  | { readonly kind: "not-said" }
  | {
      readonly kind: "allowed";
      /** Whether a passkey is only taken with proof of its model. */
      readonly attested: boolean;
      /** Of security keys. */
      readonly keys: KeysAllowed;
    };

type GuidePorts = Pick<Ports, "tenant" | "directory" | "catalogue" | "log">;

/** Microsoft Learn, "Microsoft Entra passkeys on Windows": by hardware, by VBS, by software. */
const WINDOWS_HELLO = [
  "08987058-cadc-4b81-b6e1-30de50dcbe96",
  "9ddd1817-af5a-4672-a2b9-3e3dd95000a9",
  "6028b017-b1d4-4c02-b4b3-afcdafc96bb2",
] as readonly string[] as readonly Aaguid[];

/** How a person stands who asks for the guide of a platform. What cannot be read is no reason to give none. */
export async function guideStanding(
  ports: GuidePorts,
  person: PersonId,
  platform: Platform,
): Promise<GuideStanding> {
  try {
    const policy = parsePolicy(await ports.tenant.readPolicy());
    const groups = await ports.directory.groupsOf(person);
    const own: Memberships = new Map([...groups].map((group) => [group, new Set([person])]));
    return standingIn(ports, policy, rulesFor(policy, person, own), platform);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    ports.log.warn("policy-not-read-for-guide", { code: error.code });
    return { kind: "unknown" };
  }
}

function standingIn(
  ports: Pick<Ports, "catalogue">,
  policy: Policy,
  rules: readonly PasskeyRules[],
  platform: Platform,
): GuideStanding {
  if (policy.state === "disabled") return { kind: "off" };
  if (rules.length === 0) return { kind: "not-for-you" };
  if (!policy.selfService) return { kind: "not-by-yourself" };
  const offering = rulesOffering(ports, rules, platform);
  if (offering.length === 0) {
    const instead = PLATFORMS.filter((other) => rulesOffering(ports, rules, other).length > 0);
    return { kind: "not-allowed", instead };
  }
  return {
    kind: "allowed",
    attested: offering.every(({ attestationEnforced }) => attestationEnforced),
    keys: keysAllowed(ports, offering),
  };
}

/** Sets of rules under which this person may register one there. */
function rulesOffering(
  ports: Pick<Ports, "catalogue">,
  rules: readonly PasskeyRules[],
  platform: Platform,
): readonly PasskeyRules[] {
  const offers = (...models: readonly Aaguid[]) =>
    rules.filter((set) => models.some((model) => permits(set, model, "deviceBound")));
  switch (platform) {
    case "ios":
      return offers(AUTHENTICATOR_IOS);
    case "android":
      return offers(AUTHENTICATOR_ANDROID);
    case "windows":
      return offers(...WINDOWS_HELLO);
    case "security-key":
      return rules.filter(
        ({ types, restriction }) =>
          types.includes("deviceBound") &&
          (restriction.mode !== "allow" || restriction.aaguids.some((aaguid) => isKey(ports, aaguid))),
      );
  }
}

/** What may be registered under any of these sets of rules. */
function keysAllowed(ports: Pick<Ports, "catalogue">, rules: readonly PasskeyRules[]): KeysAllowed {
  const restrictions = rules.map(({ restriction }) => restriction);
  const listed = new Set(restrictions.flatMap((each) => (each.mode === "allow" ? each.aaguids : [])));
  const blocked = restrictions.flatMap((each) => (each.mode === "block" ? [each.aaguids] : []));
  if (restrictions.some(({ mode }) => mode === "any")) return { mode: "any" };
  const names = (aaguids: Iterable<Aaguid>) => [
    ...new Set(
      [...aaguids].filter((each) => isKey(ports, each)).map((each) => ports.catalogue.modelName(each)),
    ),
  ];
  const [first, ...others] = blocked;
  if (first === undefined) return { mode: "only", names: names(listed) };
  const everywhere = first.filter((each) => others.every((list) => list.includes(each)) && !listed.has(each));
  return everywhere.length === 0 ? { mode: "any" } : { mode: "all-but", names: names(everywhere) };
}

function isKey({ catalogue }: Pick<Ports, "catalogue">, aaguid: Aaguid): boolean {
  if (aaguid === NO_AAGUID) return false;
  const { kind } = catalogue.model(aaguid);
  return kind !== "platform" && kind !== "synced-provider";
}
