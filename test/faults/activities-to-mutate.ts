import {
  chatOf,
  type Envelope,
  installationFrom,
  membersAddedFrom,
  messageFrom,
  pressFrom,
  type Sender,
} from "../../simulators/teams/activities.js";
import { isJsonObject, type Json, type JsonObject } from "../../src/core/json.js";
import { findButton } from "../flow/read-card.js";
import type { Message } from "../flow/teams.js";
import type { FaultWorld } from "./fault-world.js";
import { ada, grace, katherine } from "./office.js";

const TEXTS = [
  "help",
  "show policy",
  "pending",
  "history",
  "drift",
  "keys in use",
  "who uses YubiKey",
  "what is Microsoft Authenticator",
  "enable passkeys",
  "disable passkeys",
  "allow keys in use",
  "undo 1",
  "evidence 1",
] as const;

/** A plan's card that waits for approval, and the single sign-on tokens of those who may press its buttons. */
export interface Waiting {
  readonly number: number;
  readonly card: Message;
  readonly tokens: { readonly grace: string; readonly katherine: string; readonly expired: string };
}

/** Everything people and clients send, each as often as it is worth. An activity has an id of its own each time. */
export function activitiesToMutate(
  world: FaultWorld,
  { number, card, tokens }: Waiting,
): readonly (() => JsonObject)[] {
  const envelope = envelopeOf(world);
  const channel = { id: "19:channel@thread.tacv2", kind: "channel" } as const;
  const press = (who: Sender, title: string, token?: string) => () => {
    const { verb, data } = findButton(card.card, title);
    const action = { type: "Action.Execute", verb, data: { ...data }, title };
    const authentication = { id: "x", connectionName: "latchkey-sso", token: token ?? "" };
    const signed = token === undefined ? {} : { authentication };
    return pressFrom(envelope, who, chatOf(who), { card: card.id, action, ...signed });
  };
  const submit = () => {
    const { data } = findButton(card.card, "Approve");
    return { ...messageFrom(envelope, grace, chatOf(grace), ""), value: { ...data, verb: "approve" } };
  };
  const says = [...TEXTS, `show ${number}`, `why ${number}`].map(
    (text) => () => messageFrom(envelope, ada, chatOf(ada), text),
  );
  return [
    ...says,
    () => messageFrom(envelope, grace, channel, "show policy"),
    () => messageFrom(envelope, ada, channel, "help"),
    () => installationFrom(envelope, ada, chatOf(ada)),
    () => installationFrom(envelope, grace, chatOf(grace), "remove"),
    () => membersAddedFrom(envelope, grace, channel),
    () => membersAddedFrom(envelope, grace, chatOf(grace)),
    press(grace, "Approve"),
    press(grace, "Approve", tokens.grace),
    press(grace, "Approve", tokens.grace),
    press(grace, "Approve", tokens.katherine),
    press(grace, "Approve", tokens.expired),
    press(ada, "Approve", tokens.grace),
    press(grace, "Reject"),
    press(katherine, "Show all"),
    submit,
  ];
}

/**
 * Whether an approver's own, whole approval of this plan came: only then may there be a write of it. What the bot
 * does not look at may be wrong about it.
 */
export function isGenuineApproval(text: string, { card, tokens }: Waiting, { tenant }: FaultWorld): boolean {
  const sent = parsed(text);
  const [action, data] = [at(sent, "value", "action"), at(sent, "value", "action", "data")];
  if (!isJsonObject(action) || !isJsonObject(data)) return false;
  const button = findButton(card.card, "Approve");
  const ours = [at(sent, "conversation", "tenantId"), at(sent, "channelData", "tenant", "id")];
  return (
    at(sent, "type") === "invoke" &&
    action.verb === button.verb &&
    Object.entries(button.data).every(([key, value]) => same(data[key], value)) &&
    isText(at(sent, "from", "aadObjectId"), grace.id) &&
    at(sent, "value", "authentication", "token") === tokens.grace &&
    ours.every((id) => isText(id, tenant.tenantId))
  );
}

/** Whether it is this text, in capitals or not; what a mutation put in its place may not even become text. */
function isText(value: unknown, text: string): boolean {
  return typeof value === "string" && value.toLowerCase() === text;
}

function envelopeOf({ tenant, teams }: FaultWorld): Envelope {
  return { tenantId: tenant.tenantId, serviceUrl: teams.serviceUrl, clientId: tenant.clientId };
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function at(value: Json | undefined, ...path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>(
    (inside, key) => (isJsonObject(inside) ? inside[key] : undefined),
    value,
  );
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
