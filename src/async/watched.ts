/** What may be said of a piece of work to a tracer outside: words of a known set, numbers, the correlation; no name. */
export type Facts = Readonly<Record<string, string | number>>;

/** Told of a piece of work as it begins; gives what is to be told of its end. */
export type Watch = <T>(
  name: string,
  facts: Facts,
  work: (add: (more: Facts) => void) => Promise<T>,
) => Promise<T>;

const UNWATCHED: Watch = (_name, _facts, work) => work(() => {});
let watch: Watch = UNWATCHED;

/** Has pieces of work watched from now on; only where traces are configured. @returns ends that */
export function watchBy(given: Watch): () => void {
  watch = given;
  return () => {
    watch = UNWATCHED;
  };
}

/** A piece of work that a tracer may want to know of. */
export function watched<T>(
  name: string,
  facts: Facts,
  work: (add: (more: Facts) => void) => Promise<T>,
): Promise<T> {
  return watch(name, facts, work);
}
