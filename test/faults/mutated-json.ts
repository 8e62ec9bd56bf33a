import type { SeededRandom } from "../../simulators/tenant/seeded-random.js";

/** A place in a value: the object or list that holds it, and under which name. */
interface Place {
  readonly holder: Record<string, unknown>;
  readonly key: string;
}

/** Stands for a number that JSON may hold and JavaScript does not. */
const BEYOND_NUMBERS = "latchkey-test:1e999";
const DEEPEST = 3_000;
const GUID = "00000000-0000-0000-0000-000000000000";

/**
 * The value as JSON text, with one to three things wrong about it: members left out, doubled, exchanged, of another
 * type, far too large or nested; or the text itself is. The same random numbers make the same of it.
 */
export function mutatedJson(random: SeededRandom, value: unknown): string {
  const mutated: { root: unknown } = { root: structuredClone(value) };
  const times = 1 + random.below(3);
  for (let time = 0; time < times; time++) mutate(random, mutated);
  const text = written(mutated.root ?? null).replaceAll(JSON.stringify(BEYOND_NUMBERS), "1e999");
  return random.chance(0.05) ? spoiled(random, text) : text;
}

/** What was nested several times is too deep to be written; text that is nested once stands for it. */
function written(value: unknown): string {
  try {
    return JSON.stringify(value) ?? "";
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return `${"[".repeat(DEEPEST)}${"]".repeat(DEEPEST)}`;
  }
}

/** One thing is made wrong somewhere in it. */
function mutate(random: SeededRandom, value: { root: unknown }): void {
  const places = placesIn(value);
  // The whole of it was left out before.
  if (places.length === 0) return;
  const place = random.pick(places);
  random.pick(MUTATIONS)(random, place);
}

/** Not by `splice`, which asks the list for its constructor, and that may have been made wrong before. */
function leaveOut(_: SeededRandom, { holder, key }: Place): void {
  if (Array.isArray(holder) && /^\d+$/.test(key)) {
    holder.copyWithin(Number(key), Number(key) + 1);
    holder.length--;
  } else delete holder[key];
}

type Mutation = (random: SeededRandom, place: Place) => void;

const replace: Mutation = (random, place) => set(place, random.pick(ODD)(random));

const MUTATIONS: readonly Mutation[] = [
  replace,
  replace,
  replace,
  replace,
  leaveOut,
  leaveOut,
  (_, place) => set(place, [get(place)]),
  (_, place) => set(place, [get(place), get(place)]),
  (_, place) => set(place, { value: get(place) }),
  (_, place) => set(place, written(get(place))),
  (_, place) => {
    const inside = get(place);
    if (typeof inside === "string") set(place, inside.toUpperCase());
  },
  (random, { holder, key }) => define(holder, random.pick(ODD_NAMES)(key), holder[key]),
  (random, place) => {
    const inside = get(place);
    if (typeof inside === "object" && inside !== null) define(inside, random.pick(ODD_NAMES)(""), { a: 1 });
  },
  (random, { holder, key }) => {
    const other = random.pick(Object.keys(holder));
    const [one, two] = [holder[key], holder[other]];
    define(holder, key, two);
    define(holder, other, one);
  },
  (random, place) => {
    const list = get(place);
    if (Array.isArray(list)) set(place, random.chance(0.5) ? list.toReversed() : [...list, ...list]);
  },
];

const ODD: readonly ((random: SeededRandom) => unknown)[] = [
  () => null,
  () => true,
  () => false,
  () => 0,
  () => -1,
  () => 1.5,
  () => 2 ** 53,
  () => BEYOND_NUMBERS,
  () => "",
  () => " ",
  () => "x",
  () => "\0",
  () => "\ud800",
  () => "\u202e\u200b\u00ad",
  () => "__proto__",
  () => "[object Object]",
  () => "9".repeat(40),
  () => GUID,
  () => "https://evil.example/",
  () => "0001-01-01T00:00:00Z",
  () => "not a date",
  () => [],
  () => ({}),
  () => [[[]]],
  () => [null, 1, "x", {}, []],
  () => ({ id: null }),
  () => ({ toString: 1, length: -1, valueOf: null }),
  (random) => "x".repeat(random.pick([300, 5_000, 100_000])),
  (random) => Array.from({ length: random.pick([50, 5_000]) }, (_, at) => at),
  (random) => nested(random.pick([10, 100, DEEPEST])),
];

const ODD_NAMES: readonly ((name: string) => string)[] = [
  () => "__proto__",
  () => "constructor",
  () => "toString",
  () => "hasOwnProperty",
  (name) => `${name} `,
  (name) => name.toUpperCase(),
  (name) => `@odata.${name}`,
];

function nested(levels: number): unknown {
  let value: unknown = "deep";
  for (let level = 0; level < levels; level++) value = level % 2 === 0 ? [value] : { in: value };
  return value;
}

/** The text is broken off, has something in it that does not belong there, or says a thing twice. */
function spoiled(random: SeededRandom, text: string): string {
  const at = random.below(text.length + 1);
  return random.pick([
    text.slice(0, at),
    `${text.slice(0, at)}${random.pick([",", "}", '"', "\0", "NaN", "\ufeff"])}${text.slice(at)}`,
    text.replace(/"(\w+)":/, '"$1":null,"$1":'),
    `${text}${text}`,
    "",
    "<html>503</html>",
  ]);
}

const get = ({ holder, key }: Place): unknown => holder[key];
const set = ({ holder, key }: Place, value: unknown): void => define(holder, key, value);

/** As an own member, whatever it is called. */
function define(holder: object, key: string, value: unknown): void {
  Object.defineProperty(holder, key, { value, enumerable: true, writable: true, configurable: true });
}

/** Every place in it, and the whole. Walks without calling itself, since what was made wrong may be deep. */
function placesIn(value: { root: unknown }): readonly Place[] {
  const places: Place[] = [];
  const open: object[] = [value];
  for (let holder = open.pop(); holder !== undefined && places.length < 5_000; holder = open.pop()) {
    for (const [key, inside] of Object.entries(holder)) {
      places.push({ holder: holder as Record<string, unknown>, key });
      if (typeof inside === "object" && inside !== null) open.push(inside);
    }
  }
  return places;
}
