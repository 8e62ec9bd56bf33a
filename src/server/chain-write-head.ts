import { ServerResponse } from "node:http";

let done = false;

/**
 * restify replaces `writeHead` of Node's ServerResponse, for every server in the process, by one that answers
 * nothing. Node promises the response itself, and `response.writeHead(200).end()` relies on it: this keeps the promise.
 */
export function chainWriteHead(): void {
  if (done) return;
  done = true;
  const { writeHead } = ServerResponse.prototype;
  ServerResponse.prototype.writeHead = function (this: ServerResponse, ...given: unknown[]) {
    Reflect.apply(writeHead, this, given);
    return this;
  };
}
