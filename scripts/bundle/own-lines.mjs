// A source map of our own files alone: that of all packages is six times as large, and all of it has to be read before
// a line is told. Lines of packages are told as they stand in the bundle.

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/**
 * @param {string} text a source map (ECMA-426)
 * @returns {string} the same, with sources named from the checkout on
 */
export function ownLines(text) {
  const { sources, names, mappings, ...rest } = JSON.parse(text);
  const isOwn = sources.map((source) => !source.includes("node_modules/"));
  const [ownSources, ownNames] = [[], []];
  const renumber = [renumbered(sources, ownSources), renumbered(names, ownNames)];
  const [read, write] = [runningSums(), runningDifferences()];
  let wasOwn = false;
  const lines = mappings.split(";").map((line) => {
    read.newLine();
    write.newLine();
    const segments = line === "" ? [] : line.split(",");
    return segments.flatMap((segment) => {
      const [column, source, sourceLine, sourceColumn, name] = read.next(numbersOf(segment));
      const [isHere, isEnd] = [source !== undefined && isOwn[source], wasOwn];
      wasOwn = isHere;
      // Where ours ends: a position without a segment of its own takes the last one before it.
      if (!isHere) return isEnd ? [textOf(write.next([column]))] : [];
      const told = [column, renumber[0](source), sourceLine, sourceColumn];
      if (name !== undefined) told.push(renumber[1](name));
      return [textOf(write.next(told))];
    });
  });
  const fromCheckout = ownSources.map((source) => source.replace(/^(\.\.\/)+/, ""));
  return JSON.stringify({
    ...rest,
    sources: fromCheckout,
    names: ownNames,
    mappings: lines.map((line) => line.join(",")).join(";"),
  });
}

/** Numbers anew what is used, in the order of its use. */
function renumbered(all, used) {
  const numbers = new Map();
  return (number) => {
    if (!numbers.has(number)) numbers.set(number, used.push(all[number]) - 1);
    return numbers.get(number);
  };
}

/** A segment says how far each number is from the same one before it; the first begins anew in each line. */
function runningSums() {
  const last = [0, 0, 0, 0, 0];
  return {
    newLine: () => {
      last[0] = 0;
    },
    next: (numbers) =>
      numbers.map((number, at) => {
        last[at] += number;
        return last[at];
      }),
  };
}

function runningDifferences() {
  const last = [0, 0, 0, 0, 0];
  return {
    newLine: () => {
      last[0] = 0;
    },
    next: (numbers) =>
      numbers.map((number, at) => {
        const difference = number - last[at];
        last[at] = number;
        return difference;
      }),
  };
}

/** Five bits a digit, the lowest first; the sixth says that there are more. The sign is the lowest bit of all. */
function numbersOf(segment) {
  const numbers = [];
  let [value, shift] = [0, 0];
  for (const character of segment) {
    const digit = DIGITS.indexOf(character);
    value += (digit & 31) << shift;
    shift += 5;
    if (digit & 32) continue;
    numbers.push(value & 1 ? -(value >> 1) : value >> 1);
    [value, shift] = [0, 0];
  }
  return numbers;
}

function textOf(numbers) {
  return numbers
    .map((number) => {
      let rest = number < 0 ? (-number << 1) | 1 : number << 1;
      let text = "";
      do {
        const digit = rest & 31;
        rest >>= 5;
        text += DIGITS[rest > 0 ? digit | 32 : digit];
      } while (rest > 0);
      return text;
    })
    .join("");
}
