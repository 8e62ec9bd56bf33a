import { possibleApprovers } from "../../../core/access/possible-approvers.js";
import type { PersonId } from "../../../core/person.js";
import type { Clock, Ports, Rules } from "../../../core/ports.js";
import type { Conversation } from "../../../core/stores.js";

/** Own chats of people who may approve, by the roles and groups that decide it. */
export interface ApproverChats {
  readonly chats: readonly PersonalChat[];
  /**
   * `all`: those are all of them, a role lost at this moment aside. `some`: it could not be read whose they are, so that
   * each of these people is yet to be looked up, and others may be missing.
   */
  readonly are: "all" | "some";
}

export type PersonalChat = Conversation & Required<Pick<Conversation, "person">>;

export type FindApproverChats = (
  ports: Pick<Ports, "conversations" | "directory" | "log">,
  rules: Rules,
) => Promise<ApproverChats>;

/** How long it is believed who may approve, in milliseconds. */
const BELIEVED_MS = 5_000;
/** More people are never looked up one by one for a plan: Graph would throttle the bot, and its answers come late. */
const MOST_CHATS = 50;

export interface RecentApproverChats {
  readonly find: FindApproverChats;
  /** Whose chats were found last. */
  readonly lastFound: () => readonly PersonId[];
  /** This person may approve, as was just looked up: however old the list is that does not name them. */
  readonly add: (person: PersonId) => void;
}

/** The chats, read anew. */
export const approverChats: FindApproverChats = (ports, rules) =>
  recentApproverChats(STILL).find(ports, rules);
const STILL = { elapsed: () => 0 };

/**
 * Finds the chats, and reads whom the roles and groups hold at most once in a few seconds. Where that cannot be read, it
 * is those of people it found last, and of as many others as may be looked up.
 */
export function recentApproverChats(clock: Pick<Clock, "elapsed">): RecentApproverChats {
  let asked: { readonly at: number; readonly people: Promise<ReadonlySet<PersonId> | undefined> } | undefined;
  let holders: ReadonlySet<PersonId> = new Set();
  let found: readonly PersonalChat[] = [];
  const added = new Map<PersonId, number>();

  async function read(
    ports: Pick<Ports, "directory" | "log">,
    rules: Rules,
  ): Promise<typeof holders | undefined> {
    try {
      holders = await possibleApprovers(ports, rules);
      return holders;
    } catch (error) {
      ports.log.warn("approvers-not-read", { error });
      return undefined;
    }
  }

  async function find(ports: Parameters<FindApproverChats>[0], rules: Rules): Promise<ApproverChats> {
    const at = clock.elapsed();
    // What could not be read is believed as well: to ask again at once is no help to a Graph that throttles.
    if (asked === undefined || at - asked.at >= BELIEVED_MS) asked = { at, people: read(ports, rules) };
    const people = await asked.people;
    if (people === undefined) {
      const all = await ports.conversations.personalChats(rules.tenantId);
      return { chats: likelyFirst(all.filter(isPersonal)).slice(0, MOST_CHATS), are: "some" };
    }
    forgetAdded(at);
    const ids = [...new Set([...people, ...added.keys()])];
    const theirs = (await ports.conversations.chatsOf(rules.tenantId, ids)).filter(isPersonal);
    if (theirs.length > MOST_CHATS)
      ports.log.warn("too-many-approvers", { have: theirs.length, shown: MOST_CHATS });
    found = theirs.slice(0, MOST_CHATS);
    return { chats: found, are: "all" };
  }

  /** By now the list of holders says of them what is true. */
  function forgetAdded(now: number): void {
    for (const [person, at] of added) if (now - at >= BELIEVED_MS) added.delete(person);
  }

  function likelyFirst(chats: readonly PersonalChat[]): readonly PersonalChat[] {
    const isLikely = ({ person: { id } }: PersonalChat) => holders.has(id) || added.has(id);
    return [...chats.filter(isLikely), ...chats.filter((chat) => !isLikely(chat))];
  }

  return {
    find,
    lastFound: () => found.map(({ person }) => person.id),
    add: (person) => void added.set(person, clock.elapsed()),
  };
}

function isPersonal(chat: Conversation): chat is PersonalChat {
  return chat.person !== undefined;
}
