import type { Reader } from "../reader.js";
import type { Word } from "../words.js";
import { namesPlatform, platformIn } from "./platform.js";

/** All that may stand in a question about setting up, losing or using an authenticator, beside its name. */
const ORDINARY: ReadonlySet<string> = new Set(
  [
    "a an the my our your their his her own one new another first with in on for of to at from using via by and or how",
    "i we you they me us someone somebody people person user users colleague colleagues employee employees staff member",
    "everybody everyone do does can should have has get gets got use uses",
    "set up setup setting register registers registering add adds adding create make making enrol enroll enrolling",
    "install activate start started begin configure it",
    "move moving transfer migrate copy",
    "passkey passkeys key keys security token phone phones mobile smartphone device devices microsoft authenticator app",
    "account work mac macbook linux chromebook guide guides instructions steps",
  ].flatMap((line) => line.split(" ")),
);
/** To whom a text might go. */
const AUDIENCE =
  /^(?:guides?|instructions?|steps|reminders?|people|users?|colleagues?|employees?|staff|groups?|everyone|everybody|all)$/;
/** A person who wants it for themselves asks for something else. */
const ONESELF = /^(?:me|us|myself|it)$/;

/** Which device a question is about, if it says so. Words of anything else make it another question. */
export const readPlatform: Reader<"platform"> = (_, rest) => {
  const words = bare(rest);
  if (words === undefined || !words.every((word) => ORDINARY.has(word) || namesPlatform(word)))
    return undefined;
  return { kind: "arguments", arguments: named(words) };
};

/** People to whom something is to be sent. */
export const readAudience: Reader<"audience"> = (_, rest) => {
  const words = bare(rest) ?? rest.map(({ lower }) => lower);
  if (ONESELF.test(words[0] ?? "me") || !words.some((word) => AUDIENCE.test(word))) return undefined;
  return { kind: "arguments", arguments: named(words) };
};

function named(words: readonly string[]) {
  const platform = platformIn(words);
  return platform === undefined ? {} : { platform };
}

/** Without the signs behind them; undefined where one is in quotes, which is a name. */
function bare(words: readonly Word[]): readonly string[] | undefined {
  if (words.some(({ quoted }) => quoted)) return undefined;
  return words.map(({ lower }) => lower.replace(/[?？!.,:;]+$/u, "")).filter((word) => word !== "");
}
