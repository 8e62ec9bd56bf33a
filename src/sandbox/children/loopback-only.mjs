// Loaded with `--import` into the Agents Playground, which listens on every interface of the machine and has no
// setting for it: whoever could reach a window could act as the person in it. Here it is held to this machine.
import { Server } from "node:net";

const listen = Server.prototype.listen;
Server.prototype.listen = function listenOnLoopback(port, ...rest) {
  if (typeof port !== "number") return listen.call(this, port, ...rest);
  const done = rest.find((argument) => typeof argument === "function");
  return listen.call(this, { port, host: "127.0.0.1" }, done);
};
