import { generate } from "selfsigned";

/** A throw-away certificate authority and one server certificate of it, all as PEM. */
export interface Certificates {
  /** What clients have to trust, e.g. through `NODE_EXTRA_CA_CERTS`. */
  readonly caPem: string;
  /** The server's private key. */
  readonly key: string;
  /** The server's certificate, for `localhost`, `127.0.0.1` and other names that were asked for. */
  readonly cert: string;
}

/** Makes a new authority each time: nothing signed by an earlier one is trusted by it. The authority's key is dropped. */
export async function makeCertificates(names: readonly string[] = []): Promise<Certificates> {
  const authority = await generate([{ name: "commonName", value: "Latchkey sandbox authority" }], {
    keyType: "ec",
    algorithm: "sha256",
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const server = await generate([{ name: "commonName", value: "localhost" }], {
    keyType: "ec",
    algorithm: "sha256",
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: "basicConstraints", cA: false, critical: true },
      { name: "keyUsage", digitalSignature: true, critical: true },
      { name: "extKeyUsage", serverAuth: true },
      {
        name: "subjectAltName",
        altNames: [
          ...["localhost", ...names].map((value) => ({ type: 2, value }) as const),
          { type: 7, ip: "127.0.0.1" },
        ],
      },
    ],
  });
  return { caPem: authority.cert, key: server.private, cert: server.cert };
}
