import { BoundedMap } from "../../../async/bounded-map.js";
import { whyNotApprover } from "../../../core/access/standing.js";
import type { PersonId } from "../../../core/person.js";
import type { Clock, Ports, Rules } from "../../../core/ports.js";

/** How long an answer is believed, in milliseconds. */
const BELIEVED_MS = 5_000;
/** More chats than a tenant's administrators have. */
const ANSWERS_KEPT = 1_000;

/** Whether the person may approve. @throws Fault when it cannot be looked up */
export type MayApprove = (
  ports: Pick<Ports, "directory">,
  rules: Rules,
  person: PersonId,
) => Promise<boolean>;

/**
 * Looks people up at most once in a few seconds, because every plan is shown in the chats of all approvers. Only for
 * where a card is shown: a person who presses a button is looked up at that moment.
 */
export function recentApprovers(clock: Pick<Clock, "elapsed">): MayApprove {
  const asked = new BoundedMap<PersonId, { readonly at: number; readonly answer: Promise<boolean> }>(
    ANSWERS_KEPT,
  );
  return (ports, rules, person) => {
    const known = asked.get(person);
    const at = clock.elapsed();
    if (known !== undefined && at - known.at < BELIEVED_MS) return known.answer;
    const answer = whyNotApprover(ports, rules, person).then((refusal) => refusal === undefined);
    const entry = { at, answer };
    asked.set(person, entry);
    // What could not be found out is asked again by the next, unless one has done so already.
    answer.catch(() => {
      if (asked.get(person) === entry) asked.delete(person);
    });
    return answer;
  };
}
