import { objectIn, textIn } from "../../../simulators/http/json-over-http.js";
import {
  asTeamsSends,
  botIdOf,
  installationFrom,
  membersAddedFrom,
  type Room,
} from "../../../simulators/teams/activities.js";
import type { SimulatedTeams } from "../../../simulators/teams/simulated-teams.js";
import { isJsonObject, type JsonObject } from "../../core/json.js";
import { performCardAction } from "./card-action.js";
import type { Chats } from "./chats.js";
import { withoutLongLinks } from "./long-links.js";
import { spokenPress } from "./message-back.js";
import type { PlaygroundWindow } from "./playground-window.js";
import { saying } from "./shown-chat.js";

export interface WindowActivitiesContext {
  readonly chats: Chats;
  readonly teams: SimulatedTeams;
  readonly appIdUri: string;
  readonly signIn: (personId: string) => Promise<string | undefined>;
  readonly signInPage: (address: string) => string;
  readonly log: (line: string) => void;
}

/** What the Playground gets as answer. */
export interface WindowAnswer {
  readonly status: number;
  readonly body: JsonObject;
  /** To be done once the answer is out. */
  readonly afterwards?: () => Promise<void>;
}

const DONE: WindowAnswer = { status: 200, body: {} };

/** Takes what happens in one window to the bot, and answers the window. */
export async function takeToBot(
  window: PlaygroundWindow,
  raw: JsonObject,
  context: WindowActivitiesContext,
): Promise<WindowAnswer> {
  const activity = asTeamsSends(raw, window.person, context.teams);
  const conversation = textIn(objectIn(raw, "conversation"), "id");
  switch (raw.type) {
    case "installationUpdate":
      return changeInstallation(window, conversation, activity, context);
    case "conversationUpdate":
      // Comes with every installationUpdate that the Playground sends, and the bot has had it: see there.
      return addsOnlyBotAndPerson(activity, window, context) ? DONE : pass(activity, context);
    case "message":
      return say(window, conversation, activity, context);
    case "invoke":
      return raw.name === "adaptiveCard/action"
        ? press(window, conversation, activity, context)
        : pass(activity, context);
    default:
      return pass(activity, context);
  }
}

/** Installs the bot for a person as an administrator's set-up policy would, before a window is opened. */
export async function installFor(window: PlaygroundWindow, context: WindowActivitiesContext): Promise<void> {
  const { person } = window;
  await introduce(window, { kind: "personal", id: person.personalChat }, context);
}

/**
 * The Playground reports an installation each time a page is opened, and each time a group chat or channel is first
 * looked at in it. Teams does not: there it is reported once. So the first one goes to the bot, and those after it
 * only tell us that the page is new and empty.
 */
async function changeInstallation(
  window: PlaygroundWindow,
  conversation: string,
  activity: JsonObject,
  context: WindowActivitiesContext,
): Promise<WindowAnswer> {
  const { chats, teams } = context;
  if (activity.action === "remove") return pass(activity, context);
  if (!teams.conversations.isInstalledIn(conversation)) {
    const kind = textIn(objectIn(activity, "conversation"), "conversationType") as Room["kind"];
    await introduce(window, { id: conversation, kind }, context);
  }
  if (conversation !== window.person.personalChat) return DONE;
  window.open = true;
  const showAll = async () => {
    for (const chat of chats.of(window)) await chat.replay(window);
  };
  return { ...DONE, afterwards: showAll };
}

/** The two activities with which Teams tells a bot that it has been added to a conversation. */
async function introduce(
  { person }: PlaygroundWindow,
  room: Room,
  context: WindowActivitiesContext,
): Promise<void> {
  await pass(installationFrom(context.teams, person, room), context);
  await pass(membersAddedFrom(context.teams, person, room), context);
}

function addsOnlyBotAndPerson(
  activity: JsonObject,
  window: PlaygroundWindow,
  { teams }: WindowActivitiesContext,
): boolean {
  const added = activity.membersAdded;
  return (
    Array.isArray(added) &&
    added.length > 0 &&
    added.every(
      (member) =>
        isJsonObject(member) && [botIdOf(teams), window.person.teamsId].includes(textIn(member, "id")),
    )
  );
}

async function say(
  window: PlaygroundWindow,
  conversation: string,
  activity: JsonObject,
  context: WindowActivitiesContext,
): Promise<WindowAnswer> {
  const pressed = spokenPress(activity);
  const place = context.chats.find(conversation);
  const text = pressed?.shown ?? textIn(activity, "text").replace(/<at>(.*?)<\/at>/g, "@$1");
  // The press of any other button says nothing that others could read.
  if (text !== "" && place?.kind === "chat") {
    void place.chat.note(window.person, text, pressed === undefined ? window : undefined);
  } else if (pressed !== undefined && text !== "") {
    await window.show(conversation, saying(window.person, text));
  }
  return pass(pressed?.activity ?? activity, context);
}

async function press(
  window: PlaygroundWindow,
  conversation: string,
  activity: JsonObject,
  context: WindowActivitiesContext,
): Promise<WindowAnswer> {
  const place = context.chats.find(conversation);
  const shownId = textIn(activity, "replyToId");
  const replyToId = place?.kind === "chat" ? (place.chat.idOf(window, shownId) ?? shownId) : shownId;
  const { teams, appIdUri, signInPage, log } = context;
  const deliver = (each: JsonObject) => teams.send(each);
  const signIn = () => context.signIn(window.person.id);
  const pressed = await performCardAction(
    { ...activity, replyToId },
    { deliver, signIn, signInPage, appIdUri, log },
  );
  const { answer, message } = withoutLongLinks(pressed);
  // To this person alone, as the answer was: so not through the conversation's log.
  const showMessage = async () => void (message && (await window.show(conversation, message)));
  return { status: 200, body: answer, afterwards: showMessage };
}

async function pass(activity: JsonObject, { teams, log }: WindowActivitiesContext): Promise<WindowAnswer> {
  const answer = await teams.send(activity);
  if (answer.kind === "answered") {
    if (answer.status >= 300) log(`The bot answered a ${activity.type} with HTTP ${answer.status}.`);
    return { status: answer.status, body: isJsonObject(answer.body) ? answer.body : {} };
  }
  log(`The bot cannot be reached: ${answer.why}.`);
  return { status: 502, body: { error: { code: "BotUnreachable", message: answer.why } } };
}
