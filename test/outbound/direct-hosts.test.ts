import { describe, expect, it } from "vitest";
import { directHosts } from "../../src/outbound/direct-hosts.js";

const isDirect = (entries: readonly string[], url: string) => directHosts(entries)(new URL(url));

describe("what NO_PROXY names is reached directly", () => {
  it.each<[string, string]>([
    ["graph.microsoft.com", "https://graph.microsoft.com/v1.0"],
    ["microsoft.com", "https://graph.microsoft.com"],
    [".microsoft.com", "https://graph.microsoft.com"],
    [".microsoft.com", "https://microsoft.com"],
    ["*.microsoft.com", "https://graph.microsoft.com"],
    ["graph.example:8443", "https://graph.example:8443"],
    ["graph.example:443", "https://graph.example"],
    ["10.1.2.3", "https://10.1.2.3"],
    ["10.0.0.0/8", "https://10.1.2.3"],
    ["[fd00::1]:443", "https://[fd00::1]"],
    ["fd00::1", "https://[fd00::1]"],
    ["fd00::/8", "https://[fd00::1]"],
    ["fd00:0:0::0001", "https://[fd00::1]"],
    ["[fd00:0:0:0:0:0:0:1]:443", "https://[fd00::1]"],
    ["::ffff:10.1.2.3", "https://[::ffff:10.1.2.3]"],
    ["*", "https://graph.microsoft.com"],
    ["", "http://localhost:3000"],
    ["", "https://app.localhost"],
    ["", "http://127.0.0.1:9"],
    ["", "http://[::1]:9"],
  ])("%s: %s", (entry, url) => {
    expect(isDirect(entry === "" ? [] : ["other.example", entry], url)).toBe(true);
  });
});

describe("all else goes through the proxy", () => {
  it.each<[string, string]>([
    ["microsoft.com", "https://notmicrosoft.com"],
    ["graph.microsoft.com", "https://login.microsoft.com"],
    ["graph.example:8443", "https://graph.example"],
    ["10.0.0.0/8", "https://11.1.2.3"],
    ["10.0.0.0/8", "https://10.example"],
    ["1.2.3.4", "https://x1.2.3.4.example"],
    ["", "https://localhost.example"],
    ["", "https://128.0.0.1"],
  ])("%s: %s", (entry, url) => {
    expect(isDirect(entry === "" ? [] : [entry], url)).toBe(false);
  });
});
