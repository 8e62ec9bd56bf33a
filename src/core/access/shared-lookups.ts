import { isWithin, type Moment, moment } from "../ports/moment.js";
import type { Directory, Ports } from "../ports.js";

/**
 * How long after its answer a look-up still says how things are at this moment, in milliseconds: the time in which the
 * other look-ups for one press come back. Graph itself takes longer to show a role that was taken away.
 */
const STILL_SO_MS = 2_000;

/**
 * The directory for one message or press. What several steps ask of a person or a group is asked for once; when the
 * answer is older than a moment, it is asked for anew. What could not be looked up is not kept.
 */
export function sharedLookups({ directory, clock }: Pick<Ports, "directory" | "clock">): Directory {
  return {
    ...directory,
    activeRoles: once(clock, directory.activeRoles),
    holdersOf: once(clock, directory.holdersOf),
    groupsOf: once(clock, directory.groupsOf),
    person: once(clock, directory.person),
    people: once(clock, directory.people, (ids) => ids.join()),
    group: once(clock, directory.group),
    membersOf: once(clock, directory.membersOf),
    countMembers: once(clock, directory.countMembers),
  };
}

function once<Of, Answer>(
  clock: Ports["clock"],
  ask: (of: Of) => Promise<Answer>,
  keyOf: (of: Of) => unknown = (of) => of,
): (of: Of) => Promise<Answer> {
  const asked = new Map<unknown, { readonly answer: Promise<Answer>; at?: Moment }>();
  return (of) => {
    const key = keyOf(of);
    const before = asked.get(key);
    if (before !== undefined && (before.at === undefined || isWithin(STILL_SO_MS, before.at, moment(clock))))
      return before.answer;
    const entry: { readonly answer: Promise<Answer>; at?: Moment } = { answer: ask(of) };
    asked.set(key, entry);
    entry.answer.then(
      () => {
        entry.at = moment(clock);
      },
      () => asked.get(key) === entry && asked.delete(key),
    );
    return entry.answer;
  };
}
