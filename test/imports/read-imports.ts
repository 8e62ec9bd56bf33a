import { posix } from "node:path";
import ts from "typescript";

export interface Import {
  readonly specifier: string;
  readonly dynamic: boolean;
  readonly typeOnly: boolean;
}

/** What a file imports, as it stands in its text. */
export function importsOf(text: string): readonly Import[] {
  return ts.preProcessFile(text, true, false).importedFiles.map(({ fileName, pos }) => {
    const before = text.slice(0, pos);
    const statement = before.slice(Math.max(before.lastIndexOf("import"), before.lastIndexOf("export")));
    return {
      specifier: fileName,
      dynamic: /^import\s*\(\s*["'`]?$/.test(statement),
      typeOnly: /^(import|export)\s+type\b/.test(statement),
    };
  });
}

/** Circles of files over what they import to run; each is named once, by its files in order. */
export function circlesOf(
  all: readonly { readonly file: string; readonly text: string }[],
): readonly string[] {
  const runs = new Map(
    all.map(({ file, text }) => [
      file,
      importsOf(text)
        .filter(({ specifier, typeOnly }) => specifier.startsWith(".") && !typeOnly)
        .map(({ specifier }) => posix.join(posix.dirname(file), specifier).replace(/\.js$/, ".ts")),
    ]),
  );
  const found: string[] = [];
  const done = new Set<string>();
  const walk = (file: string, path: readonly string[]): void => {
    const at = path.indexOf(file);
    if (at >= 0) found.push([...path.slice(at), file].join(" -> "));
    if (at >= 0 || done.has(file)) return;
    for (const next of runs.get(file) ?? []) walk(next, [...path, file]);
    done.add(file);
  };
  for (const { file } of all) walk(file, []);
  return found;
}
