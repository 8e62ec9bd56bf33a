import type { NewProfile } from "../../command/profiles/new-profile.js";
import { type Refusal, refuse } from "../../errors.js";
import type { CreateProfileIntent } from "../../policy/intent.js";
import type { SeenModel } from "../../policy/model.js";
import type { Restriction } from "../../policy/policy.js";
import type { Ports } from "../../ports.js";
import { resolveModels } from "./resolve-models.js";

/** As long as fits a card's line and can be typed; Entra documents no limit. */
const NAME_AT_MOST_CHARACTERS = 60;

/**
 * A profile with each model by its AAGUID. What was not said is on the strict side where it lets people in, and off where
 * it may keep them out: device-bound passkeys only, without attestation, any model.
 */
export function resolveNewProfile(
  ports: Pick<Ports, "catalogue">,
  { name: typed, types = ["deviceBound"], attestation = false, list }: NewProfile,
  seen: readonly SeenModel[],
): CreateProfileIntent | Refusal {
  const name = profileName(typed);
  if (typeof name !== "string") return name;
  const restriction = resolveList(ports, list, seen);
  if ("kind" in restriction) return restriction;
  return { kind: "create-profile", name, types, attestation, restriction };
}

/** The name with ordinary blanks. Refuses one that a person could not read or type again. */
export function profileName(typed: string): string | Refusal {
  const name = typed.normalize("NFC").replace(/\s+/gu, " ").trim();
  const isUsable = name !== "" && [...name].length <= NAME_AT_MOST_CHARACTERS && !/["\p{C}]/u.test(name);
  return isUsable
    ? name
    : refuse({ code: "profile-name-unusable", name: typed, limit: NAME_AT_MOST_CHARACTERS });
}

function resolveList(
  ports: Pick<Ports, "catalogue">,
  list: NewProfile["list"],
  seen: readonly SeenModel[],
): Restriction | Refusal {
  if (list === undefined) return { mode: "any" };
  const { mode, models } = list;
  const aaguids = resolveModels(ports, { verb: "new profile", models }, seen);
  return "kind" in aaguids ? aaguids : { mode, aaguids };
}
