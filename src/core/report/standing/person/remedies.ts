import { type Aaguid, ALL_USERS, NO_AAGUID, type PasskeyType } from "../../../policy/policy.js";
import { type JudgedPasskey, obstaclesTo } from "./judged-passkey.js";
import type { AgainstPasskey } from "./obstacles.js";
import type { OwnGroup } from "./own-groups.js";
import type { PersonReport } from "./person-report.js";

/** A change that would help a person, and how it is asked for. It becomes a plan, and a plan shows whom else it reaches. */
export type Remedy = { readonly say: string } & (
  | { readonly kind: "turn-on" }
  /** The group is excluded no longer. */
  | { readonly kind: "include"; readonly group: string }
  | { readonly kind: "add"; readonly group: OwnGroup }
  /** The target, which has no profile, gets the default one. */
  | { readonly kind: "give-profile"; readonly group: string }
  | {
      readonly kind: "allow";
      readonly aaguid: Aaguid;
      readonly profile?: string;
      /** The profile has to admit this kind as well. */
      readonly admits?: PasskeyType;
    }
);

/** More would be a list to choose from, not an answer. */
const GROUPS_OFFERED = 2;
const MOST = 4;

/** What an administrator can ask for so that the person's keys work; none for what a plan cannot mend. */
export function remediesFor(report: PersonReport): readonly Remedy[] {
  // What is turned on lets in the models that people use: until then it is not known what would be left.
  const ofKeys = report.policy.state === "disabled" ? [] : (report.passkeys ?? []).flatMap(forPasskey);
  const remedies = [...forPerson(report), ...ofKeys];
  const distinct = new Map(remedies.map((remedy) => [remedy.say, remedy]));
  return [...distinct.values()].slice(0, MOST);
}

function forPerson({
  policy,
  coverage,
  rules,
  groupNames,
  ownGroups,
  isGuest,
}: PersonReport): readonly Remedy[] {
  const off: readonly Remedy[] =
    policy.state === "disabled" ? [{ kind: "turn-on", say: "enable passkeys" }] : [];
  // The policy lets no guest register a passkey, so no change of it helps.
  if (isGuest) return [];
  switch (coverage.kind) {
    case "excluded": {
      const groups = coverage.by.filter((id) => groupNames[id] !== undefined);
      return [
        ...off,
        ...groups.map(
          (group): Remedy => ({
            kind: "include",
            group,
            say: `include group ${spoken(groupNames[group], group)} again`,
          }),
        ),
      ];
    }
    case "outside":
      return [
        ...off,
        ...ownGroups
          .slice(0, GROUPS_OFFERED)
          .map((group): Remedy => ({ kind: "add", group, say: `add group ${spoken(group.name, group.id)}` })),
      ];
    case "covered": {
      const group = coverage.by.find((id) => id !== ALL_USERS && groupNames[id] !== undefined);
      if (rules.length > 0 || group === undefined) return off;
      return [...off, { kind: "give-profile", group, say: `add group ${spoken(groupNames[group], group)}` }];
    }
  }
}

function forPasskey(passkey: JudgedPasskey): readonly Remedy[] {
  // A model that the FIDO metadata warns of is not offered to be let in.
  if (passkey.usable === "yes" || passkey.known.warnings.length > 0) return [];
  const against = obstaclesTo(passkey).find((obstacle) => obstacle.kind === "rules");
  if (against?.kind !== "rules") return [];
  const kind = passkey.verdicts.find(({ obstacles }) => obstacles.includes(against))?.type;
  const mendable = against.sets.filter(
    ({ faults }) => passkey.aaguid !== NO_AAGUID || !faults.includes("not-listed"),
  );
  const [nearest] = [...mendable].sort((a, b) => a.faults.length - b.faults.length);
  return nearest === undefined || kind === undefined ? [] : [letIn(passkey.aaguid, kind, nearest)];
}

function letIn(aaguid: Aaguid, type: PasskeyType, { profile, faults }: AgainstPasskey): Remedy {
  const admits = faults.includes("kind") ? type : undefined;
  const into = profile === undefined ? "" : ` in profile ${spoken(profile.name, profile.id)}`;
  const kinds =
    admits === undefined ? "" : ` with ${admits === "synced" ? "synced" : "device-bound"} passkeys`;
  return {
    kind: "allow",
    aaguid,
    ...(profile === undefined ? {} : { profile: profile.name }),
    ...(admits === undefined ? {} : { admits }),
    say: `allow ${aaguid}${into}${kinds}`,
  };
}

/** A name in quotes, which is read as one thing; the id, where no quotes can hold it. */
function spoken(name: string | undefined, id: string): string {
  return name === undefined || /["“”\n\r]/.test(name) ? id : `"${name}"`;
}
