/** What a template's expressions stand on: the functions that they may call, by name, with evaluated arguments. */
export type ArmFunctions = Readonly<Record<string, (...given: never[]) => unknown>>;

type Read = { readonly value: unknown; readonly at: number };

/**
 * The value of an Azure Resource Manager expression, as far as infra/azuredeploy.json needs them: calls, strings, whole
 * numbers, `.name` and `[index]`. A text that is no expression is its own value.
 * https://learn.microsoft.com/azure/azure-resource-manager/templates/template-expressions
 * @throws Error for what it cannot read, and for a function that is not among `functions`
 */
export function evaluate(text: string, functions: ArmFunctions): unknown {
  if (!text.startsWith("[")) return text;
  if (text.startsWith("[[")) return text.slice(1);
  if (!text.endsWith("]")) throw new Error(`no end of the expression ${text}`);
  const code = text.slice(1, -1);
  const { value, at } = readValue(code, 0, functions);
  if (at !== code.length) throw new Error(`not read: ${code.slice(at)}`);
  return value;
}

/** A value of a template with every expression in it evaluated, those in names of properties, too. */
export function evaluated(value: unknown, functions: ArmFunctions): unknown {
  if (typeof value === "string") return evaluate(value, functions);
  if (Array.isArray(value)) return value.map((each) => evaluated(each, functions));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [
      String(evaluate(name, functions)),
      evaluated(each, functions),
    ]),
  );
}

function readValue(code: string, from: number, functions: ArmFunctions): Read {
  let read = readStart(code, from, functions);
  for (;;) {
    const [whole, name, index] = match(/\.(\w+)|\[(\d+)\]/y, code, read.at);
    if (whole === undefined) return read;
    const holder = read.value as Readonly<Record<string, unknown>>;
    const key = name ?? index ?? "";
    if (!Object.hasOwn(holder, key)) throw new Error(`${code}: no ${key}`);
    read = { value: holder[key], at: read.at + whole.length };
  }
}

function readStart(code: string, from: number, functions: ArmFunctions): Read {
  const [string] = match(/'(?:[^']|'')*'/y, code, from);
  if (string !== undefined)
    return { value: string.slice(1, -1).replaceAll("''", "'"), at: from + string.length };
  const [number] = match(/-?\d+/y, code, from);
  if (number !== undefined) return { value: Number(number), at: from + number.length };
  const [call, name = ""] = match(/(\w+)\(\s*/y, code, from);
  const called = functions[name];
  if (call === undefined || called === undefined) throw new Error(`not known: ${code.slice(from)}`);
  const given: unknown[] = [];
  let at = from + call.length;
  while (code[at] !== ")") {
    const argument = readValue(code, at, functions);
    given.push(argument.value);
    const [after = "", comma] = match(/\s*(,)?\s*/y, code, argument.at);
    at = argument.at + after.length;
    if (comma === undefined && code[at] !== ")") throw new Error(`not read: ${code.slice(at)}`);
  }
  return { value: called(...(given as never[])), at: at + 1 };
}

function match(pattern: RegExp, code: string, at: number): readonly (string | undefined)[] {
  pattern.lastIndex = at;
  return pattern.exec(code) ?? [];
}
