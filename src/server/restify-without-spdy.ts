import { createRequire, Module } from "node:module";

const require = createRequire(import.meta.url);
const spdy = createRequire(require.resolve("restify")).resolve("spdy");

// restify loads spdy, for a protocol that is not served here; spdy reaches for a part of Node that Node 24 no longer
// has, and then nothing starts. An empty module stands in for it. This has to happen before restify is loaded.
const nothing = new Module(spdy);
nothing.loaded = true;
require.cache[spdy] ??= nothing;

/** restify, as it is, on every Node we support. */
export const restify: typeof import("restify") = require("restify");
