import type { Model } from "../../../policy/model.js";
import type { PasskeyType, Policy } from "../../../policy/policy.js";
import type { Ports } from "../../../ports.js";
import type { RegisteredPasskey } from "../../../scan/inventory.js";
import { type Obstacle, type OwnTargets, obstaclesOf, type PersonsRules } from "./obstacles.js";

/** One kind that a passkey is, or may be, and what keeps such a one from being used. */
export interface Verdict {
  readonly type: PasskeyType;
  readonly obstacles: readonly Obstacle[];
}

/** One passkey of a person, and what today's policy makes of it. */
export interface JudgedPasskey extends RegisteredPasskey {
  readonly known: Model;
  /** `depends`: Graph did not say its kind, and only one kind may be used. */
  readonly usable: "yes" | "no" | "depends";
  /** Of the kind it is; of both, where Graph did not say. */
  readonly verdicts: readonly Verdict[];
  /** It works, and one like it could not be registered today: all that lets it in asks for attestation, and it gave none. */
  readonly isOnlyOldAllowed?: true;
  /** Authentication strengths with a list of models on which it is not. */
  readonly notInStrengths: readonly string[];
}

/** What a person's passkeys are judged by. */
export interface Measure {
  readonly policy: Policy;
  readonly targets: OwnTargets;
  readonly rules: readonly PersonsRules[];
  readonly strengths: NonNullable<Awaited<ReturnType<Ports["tenant"]["readStrengths"]>>>;
}

const EITHER: readonly PasskeyType[] = ["deviceBound", "synced"];

export function judge(
  { catalogue }: Pick<Ports, "catalogue">,
  passkey: RegisteredPasskey,
  { policy, targets, rules, strengths }: Measure,
): JudgedPasskey {
  const { aaguid } = passkey;
  const types = passkey.type === undefined ? EITHER : [passkey.type];
  const verdicts = types.map((type) => ({
    type,
    obstacles: obstaclesOf(policy, targets, rules, { aaguid, type }),
  }));
  const works = verdicts.filter(({ obstacles }) => obstacles.length === 0);
  const usable = works.length === 0 ? "no" : works.length < verdicts.length ? "depends" : "yes";
  const lettingIn = rules.filter((set) =>
    works.some(({ type }) => obstaclesOf(policy, targets, [set], { aaguid, type }).length === 0),
  );
  const isOnlyOld =
    passkey.attested === false &&
    lettingIn.length > 0 &&
    lettingIn.every(({ attestationEnforced }) => attestationEnforced);
  return {
    ...passkey,
    known: catalogue.model(aaguid, passkey.model),
    usable,
    verdicts,
    ...(isOnlyOld ? { isOnlyOldAllowed: true } : {}),
    notInStrengths: strengths.filter(({ aaguids }) => !aaguids.includes(aaguid)).map(({ name }) => name),
  };
}

/** Everything that keeps a passkey from being used, whichever kind it is; each once. */
export function obstaclesTo({ verdicts }: Pick<JudgedPasskey, "verdicts">): readonly Obstacle[] {
  const [first, ...others] = verdicts.map(({ obstacles }) => obstacles);
  const more = others.flat().filter(({ kind }) => !first?.some((known) => known.kind === kind));
  return [...(first ?? []), ...more];
}
