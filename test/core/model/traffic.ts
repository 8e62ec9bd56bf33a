/** One request or answer between a process and what is outside of it. */
interface Passage {
  readonly process: string;
  readonly what: string;
  /** What has not left yet is lost with its process or goes on without it; an answer nobody hears any more is lost. */
  readonly direction: "there" | "back";
  /** Not before this time, in milliseconds. */
  readonly from: number;
  readonly go: () => void;
}

/** Everything on its way between the processes and the world. It moves only when told to, one piece at a time. */
export class Traffic {
  #waiting: readonly Passage[] = [];
  /** What moved, in order. */
  readonly moved: string[] = [];

  /** Resolves when this piece has been let through. */
  pass(passage: Omit<Passage, "go">): Promise<void> {
    return new Promise((go) => {
      this.#waiting = [...this.#waiting, { ...passage, go }];
    });
  }

  /** Lets one of those through that may go at this time. @param of only one of this process @returns false when there is none */
  async letThrough(pick: number, time: number, of?: string): Promise<boolean> {
    const ready = this.#waiting.filter(
      (passage) => passage.from <= time && (of === undefined || passage.process === of),
    );
    const passage = ready[pick % Math.max(1, ready.length)];
    if (passage === undefined) return false;
    this.#waiting = this.#waiting.filter((other) => other !== passage);
    this.moved.push(`${passage.process} ${passage.direction === "there" ? "->" : "<-"} ${passage.what}`);
    passage.go();
    await everythingElse();
    return true;
  }

  /** When the next of those may go that sleep; undefined when none does. */
  nextAt(time: number, of?: string): number | undefined {
    const sleeping = this.#waiting.filter(({ process }) => of === undefined || process === of);
    const later = sleeping.map(({ from }) => from).filter((from) => from > time);
    return later.length === 0 ? undefined : Math.min(...later);
  }

  /** The process hears nothing any more. @param lost what it has sent is lost, too */
  cutOff(process: string, lost: boolean): void {
    this.#waiting = this.#waiting.filter(
      (passage) => passage.process !== process || (passage.direction === "there" && !lost),
    );
  }
}

/** Resolves when every process waits for something again. */
export function everythingElse(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
