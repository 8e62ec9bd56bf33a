import { EventEmitter } from "node:events";
import { expect, it } from "vitest";
import { logNodeWarnings, type Warned } from "../../src/run-bot/node-warnings.js";
import { FakeWorld } from "../core/fake-world.js";

it("Node's warnings are events of the log, and what is deprecated is no warning", () => {
  const { ports, noted } = new FakeWorld();
  const warned = new EventEmitter();
  const printed: unknown[] = [];
  warned.on("warning", (warning) => printed.push(warning));
  logNodeWarnings(
    { ...ports.log, info: (event, detail) => ports.log.info(`info ${event}`, detail) },
    warned as Warned,
  );
  const deprecated = Object.assign(new Error("use the WHATWG URL API"), { code: "DEP0169" });
  deprecated.name = "DeprecationWarning";
  warned.emit("warning", deprecated);
  const leak = new Error("possible memory leak");
  leak.name = "MaxListenersExceededWarning";
  warned.emit("warning", leak);
  expect(noted).toEqual([
    {
      event: "info node-warning",
      name: "DeprecationWarning",
      code: "DEP0169",
      why: "use the WHATWG URL API",
    },
    { event: "node-warning", name: "MaxListenersExceededWarning", why: "possible memory leak" },
  ]);
  expect(printed).toEqual([]);
});
