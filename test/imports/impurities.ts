import ts from "typescript";

/** Names that reach outside, or that answer differently each time: core gets all of that through its ports. */
const OUTSIDE = [
  "process",
  "globalThis",
  "global",
  "console",
  "performance",
  "fetch",
  "randomUUID",
  "require",
];
const TIMERS = ["setTimeout", "setInterval", "setImmediate", "queueMicrotask"];

/** What a text uses of these: names, the time of day and chance. */
export function impurities(text: string): readonly string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && isUseOfName(node)) found.push(node.text);
    if (ts.isPropertyAccessExpression(node)) {
      const access = node.getText();
      if (access === "Date.now" || access === "Math.random") found.push(access);
    }
    const isDate = ts.isNewExpression(node) && node.expression.getText() === "Date";
    if (isDate && (node.arguments?.length ?? 0) === 0) found.push("new Date()");
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile("file.ts", text, ts.ScriptTarget.Latest, true));
  return found;
}

function isUseOfName(node: ts.Identifier): boolean {
  if (![...OUTSIDE, ...TIMERS].includes(node.text)) return false;
  const { parent } = node;
  if (node.text === "randomUUID") return true;
  const isMember = ts.isPropertyAccessExpression(parent) && parent.name === node;
  return !isMember && !ts.isPropertyAssignment(parent) && !ts.isPropertySignature(parent);
}
