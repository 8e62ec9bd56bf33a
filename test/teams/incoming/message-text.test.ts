import { describe, expect, it } from "vitest";
import { messageText } from "../../../src/teams/incoming/message-text.js";

const textOf = (html: string): string => messageText(html, "Latchkey").text;

describe("the text of a message", () => {
  it.each([
    ["<blockquote>disable passkeys</blockquote><p>show policy</p>", "show policy"],
    ["<p>a</p><blockquote><blockquote>b</blockquote>c</blockquote>d", "a\n\nd"],
    ["<s>disable passkeys</s> show policy", "show policy"],
    ["<DEL>disable passkeys</DEL>show policy", "show policy"],
    ['<span style="text-decoration:line-through">disable passkeys</span> show policy', "show policy"],
    ["<codeblock><code>disable passkeys</code></codeblock>show policy", "show policy"],
    ["<s>disable passkeys", ""],
    ["show policy<img src=x onerror=alert(1)>disable passkeys", "show policy"],
    ['<img alt="<p>disable passkeys</p>"> show policy', "show policy"],
    ['<a title="it > disable passkeys">show policy</a>', "show policy"],
  ])("of %j is what its writer says: %j", (html, text) => {
    expect(textOf(html)).toBe(text);
  });

  it("has a name in code as a name in quotes, and the cells of a table apart", () => {
    expect(textOf("add group <code>Pilot</code>")).toBe('add group "Pilot"');
    expect(textOf("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>")).toBe("a\tb\t\nc");
  });

  it("has signs that begin no element as they are", () => {
    expect(textOf("1 < 2 and <3 <a b")).toBe("1 < 2 and <3 <a b");
    expect(textOf('<a "<b>x</b>')).toBe('<a "x');
  });

  it("tells whether the bot is named in it, by its name alone", () => {
    expect(messageText("well <at>Latchkey</at> help", "Latchkey")).toEqual({
      text: "well Latchkey help",
      namesBot: true,
    });
    expect(messageText("<at>Grace</at> help", "Latchkey")).toEqual({ text: "Grace help", namesBot: false });
    expect(messageText("<s><at>Latchkey</at></s> help", "Latchkey").namesBot).toBe(false);
  });
});
