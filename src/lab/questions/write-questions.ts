import { isJsonObject, type JsonObject } from "../../core/json.js";
import { hasProfiles } from "../../core/policy/comparable-policy.js";
import type { FactId } from "../../facts/facts.js";
import { labBody } from "../lab-body.js";
import { addToList, defaultProfile, listIn, madeUpAaguid, noRoom } from "../policy-shape.js";
import { ask, settled, unsettled, type WriteQuestion } from "../question.js";
import { asRefused, said } from "./said.js";

const UNTYPED = madeUpAaguid(0x40);
const ANNOTATED = madeUpAaguid(0x50);
const UNMATCHED = madeUpAaguid(0x60);
const IN_PAIR = madeUpAaguid(0x70);
const IN_PROFILE = madeUpAaguid(0x71);

const PRECONDITION_FAILED = 412;

function untyped(body: JsonObject): JsonObject {
  const { "@odata.type": _, ...rest } = body;
  return rest;
}

const restrictionsIn = (body: JsonObject, now: JsonObject): JsonObject => {
  const found = defaultProfile({ ...now, ...body })?.keyRestrictions;
  return isJsonObject(found) ? found : {};
};

/** About what a PATCH has to be. */
export const WRITE_QUESTIONS = {
  missingODataType: {
    kind: "write",
    unfit: ({ saved }) => noRoom(saved),
    asks: "a made-up AAGUID at the end of the list, in a body without @odata.type",
    ask: (now) => ask(untyped(addToList(now, UNTYPED))),
    see: (written) => {
      if (written.answer.kind === "refused") return asRefused(written);
      return listIn(written.after).includes(UNTYPED)
        ? settled("accepted", `${said(written)}; read back`)
        : settled("accepted-without-effect", `${said(written)}; nothing changed`);
    },
  },
  annotationsInBody: {
    kind: "write",
    unfit: ({ saved }) => noRoom(saved),
    asks: "a made-up AAGUID at the end of the list, and an annotation beside it",
    ask: (now) =>
      ask({
        ...addToList(now, ANNOTATED),
        "includeTargets@odata.context": now["includeTargets@odata.context"] ?? "#includeTargets",
      }),
    see: (written) => {
      if (written.answer.kind === "refused") return asRefused(written);
      return listIn(written.after).includes(ANNOTATED)
        ? settled("ignored", `${said(written)}; the rest of it was read back`)
        : unsettled("Graph accepted it, and what was added was not read back");
    },
  },
  ifMatch: {
    kind: "write",
    unfit: ({ saved }) => noRoom(saved),
    asks: "a made-up AAGUID at the end of the list, with an If-Match that matches nothing",
    ask: (now) => ask(addToList(now, UNMATCHED), { "If-Match": 'W/"latchkey-lab"' }),
    see: (written) => {
      const { answer } = written;
      if (answer.kind === "refused")
        return answer.status === PRECONDITION_FAILED
          ? settled("honoured", said(written))
          : asRefused(written);
      return listIn(written.after).includes(UNMATCHED)
        ? settled("ignored", `${said(written)}; what was sent was read back`)
        : unsettled("Graph accepted it, and what was added was not read back");
    },
  },
  contradiction: {
    kind: "write",
    unfit: ({ saved }) =>
      hasProfiles(saved) ? noRoom(saved) : "the tenant has no profiles that the pair could contradict",
    asks: "one made-up AAGUID in the default profile's list, another one in the deprecated list",
    ask: (now) => {
      const body = addToList(now, IN_PROFILE);
      const aaGuids = [...listIn(now), IN_PAIR];
      return ask({ ...body, keyRestrictions: { ...restrictionsIn(body, now), aaGuids } });
    },
    see: (written) => {
      if (written.answer.kind === "refused") return asRefused(written);
      const list = listIn(written.after);
      const [profile, pair] = [list.includes(IN_PROFILE), list.includes(IN_PAIR)];
      if (profile === pair)
        return unsettled(profile ? "both were read back" : "Graph accepted it, and neither was read back");
      return profile
        ? settled("profile-wins", `${said(written)}; the profile's was read back`)
        : settled("pair-wins", `${said(written)}; the pair's was read back`);
    },
  },
  firstEnable: {
    kind: "write",
    isLast: true,
    unfit: ({ saved, allowed }) => {
      if (hasProfiles(saved)) return "the tenant has profiles already";
      if (saved.state !== "disabled") return "passkeys are enabled already";
      return allowed.migration
        ? undefined
        : "a move to profiles cannot be taken back: it is asked with --allow-migration only";
    },
    asks: "passkeys enabled, and nothing else",
    ask: (now) => ask(labBody(now, { ...now, state: "enabled" })),
    see: (written) => {
      if (written.answer.kind === "refused") return unsettled(`Graph refused it (${said(written)})`);
      if (written.after.state !== "enabled") return unsettled("Graph accepted it, and it was not read back");
      return hasProfiles(written.after)
        ? settled("migrates", `${said(written)}; read back with a default profile`)
        : settled("stays-legacy", `${said(written)}; read back without profiles`);
    },
  },
} as const satisfies Partial<Record<FactId, WriteQuestion>>;
