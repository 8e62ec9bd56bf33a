import { BoundedMap } from "../../async/bounded-map.js";
import type { ConversationId, PersonId } from "../../core/person.js";
import type { Click } from "../../core/plan/open-plan.js";
import type { Clock } from "../../core/ports.js";

const ANSWERS_KEPT = 1_000;
/** How long a client that could not is not asked to sign in silently again: an administrator may have mended it by then. */
const NOT_AGAIN_FOR_MS = 30 * 60_000;

/**
 * For what clients were asked to sign people in silently, and whose client could not. In memory only: what is asked for in a
 * person's name rests on a press that this process has seen, and a process that does not know asks once more.
 */
export class SilentSignIns {
  readonly #clock: Pick<Clock, "elapsed">;
  readonly #asked = new BoundedMap<string, Click>(ANSWERS_KEPT);
  readonly #failed = new BoundedMap<PersonId, number>(ANSWERS_KEPT);

  constructor(clock: Pick<Clock, "elapsed">) {
    this.#clock = clock;
  }

  ask(click: Click): void {
    this.#asked.set(keyOf(click.person.id, click.conversation), click);
  }

  /** The client says that it could not. @returns for what it was asked there; once, and undefined when that is not known */
  fail(person: PersonId, conversation: ConversationId): Click | undefined {
    this.#failed.set(person, this.#clock.elapsed());
    const key = keyOf(person, conversation);
    const click = this.#asked.get(key);
    this.#asked.delete(key);
    return click;
  }

  /** Whether this person's client could not, not long ago. */
  failedFor(person: PersonId): boolean {
    const at = this.#failed.get(person);
    return at !== undefined && this.#clock.elapsed() - at < NOT_AGAIN_FOR_MS;
  }
}

const keyOf = (person: PersonId, conversation: ConversationId): string => `${person} ${conversation}`;
