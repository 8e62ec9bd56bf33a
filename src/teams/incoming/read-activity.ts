import { createHash } from "node:crypto";
import { z } from "zod";
import type { JsonObject } from "../../core/json.js";
import {
  conversationId,
  type Person,
  personId,
  type TenantId,
  tenantId,
  UserAssertion,
} from "../../core/person.js";
import { SIGN_IN_FAILURES, type SignInFailure } from "../words/sign-in-failure-text.js";
import { messageText } from "./message-text.js";
import type { Place } from "./place.js";
import { cameFromSignIn, type Press, readPress, readToken } from "./read-press.js";
import type { Request } from "./request.js";
import { saidWords } from "./said-words.js";

/** What came in. Behind this, nothing of the raw activity is known. */
export type Incoming =
  | ({ readonly kind: "message" } & Request)
  | {
      readonly kind: "click";
      readonly place: Place;
      readonly person: Person;
      /** undefined: no button of ours, or its data was tampered with. */
      readonly press: Press | undefined;
      readonly token?: UserAssertion;
      /** The press comes again after a sign-in window. */
      readonly fromSignIn?: true;
      /** A client without Action.Execute sends a message, which carries no sign-in. */
      readonly via: "invoke" | "message";
      /** Of a message: names it among all there are. */
      readonly key?: string;
      /** Teams' id of the message the button is on, when it says so. */
      readonly message?: string;
    }
  /** The person's client could not sign them in silently. */
  | {
      readonly kind: "sign-in-failure";
      readonly place: Place;
      readonly person: Person;
      readonly failure: SignInFailure;
    }
  /** The bot is here from now on, as far as this activity tells: Teams says so twice. */
  | { readonly kind: "installed"; readonly place: Place }
  /** Updated, renamed, joined: nothing to answer, but a place to remember. */
  | { readonly kind: "noticed"; readonly place: Place }
  | { readonly kind: "removed"; readonly place: Place }
  /** Not from our tenant, as far as can be told. */
  | { readonly kind: "foreign" }
  /** From another channel of the Bot Framework, which does not vouch for tenant and person as Teams does. */
  | { readonly kind: "elsewhere" }
  /** From our tenant, without a person Entra knows. */
  | { readonly kind: "nameless" };

const TEAMS = "msteams";
const Guid = z.guid();
/** Names and the like, which are kept and shown; a longer one is none. */
const Short = z.string().max(256).optional().catch(undefined);
const Account = z.looseObject({
  id: z.string(),
  name: Short,
  aadObjectId: Guid.optional().catch(undefined),
  role: Short,
  tenantId: Short,
});
const Member = z.looseObject({ id: z.string() });
const Mention = z.looseObject({ type: z.literal("mention"), mentioned: z.looseObject({ id: z.string() }) });
const Forwarded = z.looseObject({ contentType: z.literal("forwardedMessageReference") });
const Html = z.looseObject({ contentType: z.literal("text/html"), content: z.string() });

const ActivityShape = z.looseObject({
  type: z.string(),
  id: z.string().min(1).optional().catch(undefined),
  name: z.string().optional().catch(undefined),
  action: z.string().optional().catch(undefined),
  channelId: z.string(),
  serviceUrl: z.string(),
  locale: Short,
  text: z.string().optional().catch(undefined),
  replyToId: z.string().min(1).max(1_000).optional().catch(undefined),
  value: z.unknown().optional(),
  entities: z.array(z.unknown()).optional().catch(undefined),
  attachments: z.array(z.unknown()).optional().catch(undefined),
  from: Account,
  recipient: z.looseObject({ id: z.string(), name: Short }),
  membersAdded: z.array(Member).optional().catch(undefined),
  membersRemoved: z.array(Member).optional().catch(undefined),
  conversation: z.looseObject({
    id: z.string(),
    tenantId: z.string().optional().catch(undefined),
    conversationType: z.string().optional().catch(undefined),
    isGroup: z.boolean().optional().catch(undefined),
  }),
  channelData: z
    .looseObject({
      tenant: z.looseObject({ id: z.string() }).optional().catch(undefined),
      channel: z.looseObject({ id: z.string() }).optional().catch(undefined),
      eventType: Short,
    })
    .optional()
    .catch(undefined),
});
type Shape = z.infer<typeof ActivityShape>;

/** Turns an authenticated activity into what it means for us. Never throws for what an activity may contain. */
export function readActivity(raw: unknown, ours: TenantId): Incoming {
  const parsed = ActivityShape.safeParse(raw);
  if (!parsed.success) return { kind: "nameless" };
  const activity = parsed.data;
  if (activity.channelId !== TEAMS) return { kind: "elsewhere" };
  if (!isFrom(ours, activity)) return { kind: "foreign" };
  const person = personOf(activity);
  const place = placeOf(activity, ours, person);
  if (isRemoval(activity)) return { kind: "removed", place };
  const deleted = deletedChannel(activity);
  if (deleted !== undefined) return { kind: "removed", place: { ...place, id: deleted } };
  if (isInstallation(activity)) return { kind: "installed", place };
  if (activity.type === "invoke" && activity.name === "adaptiveCard/action") {
    if (person === undefined) return { kind: "nameless" };
    const token = readToken(activity.value);
    return {
      kind: "click",
      place,
      person,
      press: readPress(activity.value),
      ...(token === undefined ? {} : { token: new UserAssertion(token) }),
      ...(cameFromSignIn(activity.value) ? { fromSignIn: true } : {}),
      via: "invoke",
      ...pressedMessage(activity),
    };
  }
  if (activity.type === "invoke" && activity.name === "signin/failure") {
    return person === undefined
      ? { kind: "nameless" }
      : { kind: "sign-in-failure", place, person, failure: failureIn(activity.value) };
  }
  if (activity.type !== "message") return { kind: "noticed", place };
  if (person === undefined) return { kind: "nameless" };
  const said = saidWords(activity.value);
  if (said !== undefined) {
    return { kind: "message", place, person, text: said, addressed: true, ...keyOf(activity) };
  }
  if (hasData(activity.value))
    return {
      kind: "click",
      place,
      person,
      press: readPress({ action: { data: activity.value } }),
      via: "message",
      ...pressedMessage(activity),
      ...keyOf(activity),
    };
  const { text, namesBot } = messageText(typedIn(activity), activity.recipient.name);
  const addressed = place.kind === "personal" || namesBot || mentionsBot(activity);
  return { kind: "message", place, person, text, addressed, ...keyOf(activity) };
}

const Failure = z.object({ code: z.string().toLowerCase().pipe(z.enum(SIGN_IN_FAILURES)) });

function failureIn(value: unknown): SignInFailure {
  return Failure.safeParse(value).data?.code ?? "other";
}

/** Some clients put an empty value beside what was typed. */
function hasData(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length > 0;
}

/** Whether the account that was mentioned is the bot: what a mention is called is up to its writer. */
function mentionsBot({ entities, recipient }: Shape): boolean {
  return entities?.some((entity) => Mention.safeParse(entity).data?.mentioned.id === recipient.id) ?? false;
}

/**
 * What was typed. Teams sends a message twice: in plain words, where what is quoted or struck through looks like the
 * rest, and as HTML, where it can be told from it.
 */
function typedIn({ text, attachments }: Shape): string {
  const html = attachments?.map((attachment) => Html.safeParse(attachment).data?.content).find(saysMore);
  if (html !== undefined) return html;
  // Without the HTML it cannot be told which of the words came with what was forwarded.
  const isForwarded = attachments?.some((attachment) => Forwarded.safeParse(attachment).success) ?? false;
  return isForwarded ? "" : (text ?? "");
}

const saysMore = (html: string | undefined): boolean => html !== undefined && SAYS_MORE.test(html);
const SAYS_MORE =
  /<(?:blockquote|q|s|del|strike|pre|code|codeblock|head|title|template|select|textarea|rt)[\s>]|<!--|line-through|display:|visibility:|mso-hide:|font-size:\s{0,9}0|\shidden[\s=/>]/i;

function pressedMessage({ replyToId }: Shape): { readonly message?: string } {
  return replyToId === undefined ? {} : { message: replyToId };
}

/** Teams' ids of messages are good within a conversation. Hashed, because they have any length and the store no need to know them. */
function keyOf({ id, conversation, from }: Shape): { readonly key?: string } {
  if (id === undefined) return {};
  const name = JSON.stringify([conversation.tenantId, conversation.id, from.id, id]);
  return { key: createHash("sha256").update(name).digest("hex") };
}

/** Both have to be ours: one alone could be set by a guest's or a shared channel's tenant. So has the sender's, if it is said. */
function isFrom(ours: TenantId, activity: Shape): boolean {
  const tenants = [activity.conversation.tenantId, activity.channelData?.tenant?.id];
  const sender = activity.from.tenantId?.trim() || ours;
  return [...tenants, sender].every((tenant) => tenant !== undefined && tenantId(tenant) === ours);
}

/** Teams' ids of bots begin like this. */
const BOT_ID = "28:";
const NO_PERSON: ReadonlySet<string> = new Set(["bot", "skill"]);

function personOf({ from }: Shape): Person | undefined {
  if (from.aadObjectId === undefined) return undefined;
  // Another bot might answer the answer, without end.
  if (from.id.startsWith(BOT_ID) || NO_PERSON.has(from.role?.toLowerCase() ?? "")) return undefined;
  const id = personId(from.aadObjectId);
  return { id, name: from.name?.trim() ? from.name : id };
}

function placeOf(activity: Shape, ours: TenantId, person: Person | undefined): Place {
  const kind = kindOf(activity);
  return {
    id: conversationId(activity.conversation.id),
    tenantId: ours,
    kind,
    ...(kind === "personal" && person !== undefined ? { person } : {}),
    reference: referenceOf(activity, kind),
  };
}

/** Teams' ids of conversations that several people are in begin like this. */
const SHARED_ID = "19:";

/** A conversation of a kind that is new here may have several people in it. */
function kindOf({ conversation }: Shape): Place["kind"] {
  switch (conversation.conversationType) {
    case "personal":
      return "personal";
    case "channel":
      return "channel";
    case undefined:
      // The Playground leaves it out in a personal chat.
      return conversation.isGroup || conversation.id.startsWith(SHARED_ID) ? "group" : "personal";
    default:
      return "group";
  }
}

/** What it takes to write here later; no activity id, so that a card is a message of its own and not a reply. */
function referenceOf(activity: Shape, kind: Place["kind"]): JsonObject {
  const { id, name } = activity.recipient;
  return {
    channelId: activity.channelId,
    serviceUrl: activity.serviceUrl,
    bot: { id, ...(name === undefined ? {} : { name }) },
    conversation: { id: activity.conversation.id, conversationType: CONVERSATION_TYPE[kind] },
    ...(kind === "personal" ? { user: { id: activity.from.id } } : {}),
    ...(activity.locale === undefined ? {} : { locale: activity.locale }),
  };
}

const CONVERSATION_TYPE = { personal: "personal", group: "groupChat", channel: "channel" } as const;

function isInstallation(activity: Shape): boolean {
  // "add-upgrade" is half of an update: the bot was here.
  if (activity.type === "installationUpdate") return activity.action === "add";
  if (activity.type !== "conversationUpdate") return false;
  return activity.membersAdded?.some((member) => member.id === activity.recipient.id) ?? false;
}

/** Of a channel that is gone Teams tells in another one. */
function deletedChannel({ type, channelData }: Shape): Place["id"] | undefined {
  const { eventType, channel } = channelData ?? {};
  const isGone = type === "conversationUpdate" && eventType === "channelDeleted";
  return isGone && channel !== undefined ? conversationId(channel.id) : undefined;
}

/** A team that is gone takes the bot along. */
const TEAM_GONE: ReadonlySet<string> = new Set(["teamDeleted", "teamHardDeleted"]);

function isRemoval(activity: Shape): boolean {
  // "remove-upgrade" is half of an update: the bot stays.
  if (activity.type === "installationUpdate") return activity.action === "remove";
  if (activity.type !== "conversationUpdate") return false;
  if (TEAM_GONE.has(activity.channelData?.eventType ?? "")) return true;
  return activity.membersRemoved?.some((member) => member.id === activity.recipient.id) ?? false;
}
