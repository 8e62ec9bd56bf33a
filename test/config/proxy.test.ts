import { describe, expect, it } from "vitest";
import { EnvReader } from "../../src/config/env-reader.js";
import { readProxy } from "../../src/config/proxy.js";

function read(env: NodeJS.ProcessEnv) {
  const reader = new EnvReader(env);
  const proxy = readProxy(reader);
  const revealed = proxy && {
    https: proxy.https?.reveal(),
    http: proxy.http?.reveal(),
    except: proxy.except,
  };
  return { proxy: revealed, problems: reader.problems };
}

const COMPANY = "http://user:pass@proxy.example:8080";

describe("the company's proxy", () => {
  it("is none, also where NO_PROXY is set", () => {
    expect(read({})).toEqual({ proxy: undefined, problems: [] });
    expect(read({ NO_PROXY: "example.com" })).toEqual({ proxy: undefined, problems: [] });
  });

  it("is read in either case, for https and http apart, or for both", () => {
    const except = ["graph.example", ".corp.example", "10.0.0.0/8"];
    expect(
      read({ HTTPS_PROXY: COMPANY, http_proxy: "http://other.example:1", no_proxy: except.join(", ") }),
    ).toEqual({ proxy: { https: COMPANY, http: "http://other.example:1", except }, problems: [] });
    expect(read({ ALL_PROXY: COMPANY }).proxy).toEqual({ https: COMPANY, http: COMPANY, except: [] });
    expect(read({ https_proxy: COMPANY, HTTPS_PROXY: COMPANY }).problems).toEqual([]);
  });

  it.each([
    "proxy.example:8080",
    "socks5://proxy.example",
    "http://:80",
    "http://proxy.example/path",
    "secret",
  ])("is refused, and not repeated, where its address cannot be used: %s", (address) => {
    for (const name of ["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY"]) {
      const { problems } = read({ [name]: address });
      expect(problems).toEqual([expect.stringMatching(`^${name} is not an address we can use`)]);
      expect(problems.join()).not.toContain(address);
    }
  });

  it("is refused where the two ways of writing its name differ", () => {
    const { problems } = read({ https_proxy: COMPANY, HTTPS_PROXY: "http://other.example" });
    expect(problems).toEqual(["HTTPS_PROXY and https_proxy are both set and differ: expected one value."]);
  });

  it.each(["<local>", "10.*", "10.0.0.0/40", "example.com/8", "https://example.com", "fe80::/x"])(
    "is refused where an exception is not understood: %s",
    (entry) => {
      expect(read({ HTTPS_PROXY: COMPANY, NO_PROXY: `good.example ${entry}` }).problems).toEqual([
        expect.stringContaining(`An entry of NO_PROXY is ${JSON.stringify(entry)}`),
      ]);
    },
  );

  it.each(["*", "a", "*.a.example:8443", "1.2.3.4:80", "::1", "[::1]:443", "fd00::/8"])(
    "takes the exception %s",
    (entry) => {
      expect(read({ HTTPS_PROXY: COMPANY, NO_PROXY: entry })).toMatchObject({
        proxy: { except: [entry] },
        problems: [],
      });
    },
  );
});
