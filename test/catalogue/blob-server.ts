import type { ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { testCertificates } from "../setup/test-certificates.js";

/** An HTTPS server whose answer the test decides. */
export interface BlobServer {
  readonly url: string;
  /** Paths asked for, in order. */
  readonly asked: string[];
  answer: (response: ServerResponse, path: string) => void;
  close(): Promise<void>;
}

export async function blobServer(): Promise<BlobServer> {
  const { key, cert } = await testCertificates();
  const server = createServer({ key, cert }, ({ url = "" }, response) => {
    running.asked.push(url);
    running.answer(response, url);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const running: BlobServer = {
    url: `https://localhost:${(server.address() as AddressInfo).port}/`,
    asked: [],
    answer: (response) => response.writeHead(404).end(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return running;
}
