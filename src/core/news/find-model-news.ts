import type { Model } from "../policy/model.js";
import {
  type Aaguid,
  AUTHENTICATOR_ANDROID,
  AUTHENTICATOR_IOS,
  NO_AAGUID,
  type Policy,
  type Restriction,
} from "../policy/policy.js";
import { allowedToday, typesSeen } from "../report/allowed-today.js";
import { type Inventory, isComplete, type ModelInUse } from "../scan/inventory.js";
import type { FactChange } from "../stores/news-store.js";
import {
  type ListsToChange,
  type ModelNotice,
  type NoticeAbout,
  type NoticedModel,
  ONLY_LIST,
} from "./model-notice.js";

/** People need some time to get the keys that were just put on a list. */
export const UNUSED_AFTER_MS = 14 * 24 * 60 * 60_000;

/** What the news are made from. */
export interface ModelsAtHand {
  /** Facts known so far; none: it is the first look. */
  readonly known: ReadonlyMap<string, string>;
  readonly inventory: Pick<Inventory, "models" | "unreadCount">;
  readonly policy: Policy;
  readonly modelOf: (aaguid: Aaguid, hint?: string) => Model;
  /** Without it a model has no status that it could lose. */
  readonly hasMetadata: boolean;
  readonly now: Date;
}

export interface ModelNews {
  readonly changes: readonly FactChange[];
  readonly notices: readonly Pick<ModelNotice, "about" | "models">[];
}

/**
 * What is to be said of models, and what is known of them from then on. At the first look every model in use is an old
 * one; a warning, and a model on a list that no person uses, are said even then. Microsoft Authenticator is never called
 * unused: a rollout allows it before the first person has it.
 */
export function findModelNews(given: ModelsAtHand): ModelNews {
  const found: Readonly<Record<NoticeAbout, NoticedModel[]>> = { new: [], status: [], unused: [] };
  const changes: FactChange[] = [];
  const { inventory, policy, modelOf } = given;
  for (const use of inventory.models) {
    if (use.aaguid === NO_AAGUID) continue;
    const model = modelOf(use.aaguid, use.hint);
    const news = newsOfUsed(given, use, model);
    changes.push(...news.changes);
    if (news.about === undefined) continue;
    const allowed = allowedToday(policy, use.aaguid, typesSeen(use));
    const lost = news.lost === undefined ? {} : { lost: news.lost };
    found[news.about].push({ model, allowed, use, lists: listsToChange(policy, use.aaguid), ...lost });
  }
  const listed = newsOfListed(given);
  changes.push(...listed.changes);
  for (const aaguid of listed.unused) {
    const lists = listsToChange(policy, aaguid);
    found.unused.push({ model: modelOf(aaguid), allowed: allowedToday(policy, aaguid), lists });
  }
  const notices = (["status", "new", "unused"] as const)
    .filter((about) => found[about].length > 0)
    .map((about) => ({ about, models: found[about] }));
  return { changes, notices };
}

interface NewsOfUsed {
  readonly changes: readonly FactChange[];
  readonly about?: "new" | "status";
  readonly lost?: string;
}

/** A model that is new here is said once, with its warnings. */
function newsOfUsed(
  { known, hasMetadata }: ModelsAtHand,
  { aaguid }: ModelInUse,
  { warnings, certification }: Model,
): NewsOfUsed {
  const isNew = !known.has(`seen:${aaguid}`);
  const warned = [...new Set(warnings.map(({ status }) => `warned:${aaguid}:${status}`))];
  const unsaid = warned.filter((fact) => !known.has(fact));
  const had = known.get(`certified:${aaguid}`);
  // Certifications in words sort from the lowest to the highest.
  const isLost = hasMetadata && had !== undefined && (certification === undefined || certification < had);
  const changes = [
    ...(isNew ? [{ fact: `seen:${aaguid}`, to: "" }] : []),
    ...unsaid.map((fact) => ({ fact, to: "" })),
    ...(hasMetadata ? change(`certified:${aaguid}`, had, certification) : []),
  ];
  if (isNew && known.size > 0) return { changes, about: "new" };
  if (unsaid.length === 0 && !isLost) return { changes };
  return { changes, about: "status", ...(isLost ? { lost: had } : {}) };
}

function newsOfListed({ known, inventory, policy, now }: ModelsAtHand): {
  readonly changes: readonly FactChange[];
  readonly unused: readonly Aaguid[];
} {
  const used = new Set(inventory.models.map(({ aaguid }) => aaguid));
  const listed = new Set(policy.state === "enabled" ? allowListed(policy) : []);
  const changes: FactChange[] = [];
  const unused: Aaguid[] = [];
  for (const aaguid of listed) {
    const since = known.get(`listed:${aaguid}`);
    if (since === undefined) {
      // What is there at the first look has been there for long.
      const from = known.size === 0 ? "" : now.toISOString();
      changes.push({ fact: `listed:${aaguid}`, to: from });
    }
    const wasUnused = known.has(`unused:${aaguid}`);
    if (used.has(aaguid)) {
      if (wasUnused) changes.push({ fact: `unused:${aaguid}`, from: "" });
      continue;
    }
    const isOld = since === undefined ? known.size === 0 : isLongAgo(since, now);
    if (wasUnused || !isOld || !isComplete(inventory) || isAuthenticator(aaguid)) continue;
    changes.push({ fact: `unused:${aaguid}`, to: "" });
    unused.push(aaguid);
  }
  for (const [fact, value] of known) {
    const [kind, aaguid] = fact.split(":");
    const isOfList = kind === "listed" || kind === "unused";
    if (isOfList && !listed.has(aaguid as Aaguid)) changes.push({ fact, from: value });
  }
  return { changes, unused };
}

const isLongAgo = (since: string, now: Date): boolean =>
  since === "" || now.getTime() - Date.parse(since) >= UNUSED_AFTER_MS;

const isAuthenticator = (aaguid: Aaguid): boolean =>
  aaguid === AUTHENTICATOR_IOS || aaguid === AUTHENTICATOR_ANDROID;

/** Where `allow` and `remove` would change something: a list of what may not be used grows by the latter. */
function listsToChange(policy: Policy, aaguid: Aaguid): ListsToChange {
  const sets = policy.shape === "legacy" ? [{ ...policy, name: ONLY_LIST }] : policy.profiles;
  const named = (where: (restriction: Restriction) => boolean) =>
    sets.filter(({ restriction }) => where(restriction)).map(({ name }) => name);
  const isOn = (restriction: Restriction) =>
    restriction.mode !== "any" && restriction.aaguids.includes(aaguid);
  return {
    allowing: named((each) => each.mode !== "any" && isOn(each) === (each.mode === "block")),
    removing: named((each) => each.mode !== "any" && isOn(each) === (each.mode === "allow")),
  };
}

/** Every model that an enforced allow list names. */
function allowListed(policy: Policy): readonly Aaguid[] {
  const sets = policy.shape === "legacy" ? [policy] : policy.profiles;
  return sets.flatMap(({ restriction }) => (restriction.mode === "allow" ? restriction.aaguids : []));
}

function change(fact: string, from: string | undefined, to: string | undefined): readonly FactChange[] {
  if (from === to) return [];
  return [{ fact, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }];
}
