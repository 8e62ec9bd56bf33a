import type { Log } from "../core/ports.js";

/** What tells of warnings: the process. */
export interface Warned {
  removeAllListeners(event: "warning"): unknown;
  on(event: "warning", heard: (warning: Error & { readonly code?: string }) => void): unknown;
}

/**
 * Node's warnings as events of the log: by itself it writes them as text between the lines, which no reader of JSON takes.
 * What is deprecated concerns packages inside, which an operator cannot change, so it is no warning to them.
 */
export function logNodeWarnings(log: Log, warned: Warned = process): void {
  warned.removeAllListeners("warning");
  warned.on("warning", ({ name, code, message }) => {
    const tell = name === "DeprecationWarning" ? log.info : log.warn;
    tell("node-warning", { name, ...(code !== undefined && { code }), why: message });
  });
}
