import { toAaguid } from "../../policy/policy.js";
import { conceptNamed } from "../asking/concepts.js";
import { each } from "../rows/each.js";
import { phrase, type Word, wordsOf } from "../words.js";
import { lengthAtStart, withoutFillers } from "./undress.js";

/** How people ask to be shown or told something, in parts that follow one another: "could I" - "have a look at". */
const ASKING_TO: ReadonlySet<string> = new Set([
  ...each(["can", "could", "may", "might"], ["i", "we"]),
  ...each(["can", "could", "would", "will"], ["you"]),
  ...each(["i'd", "i would", "we'd", "we would"], ["like to", "love to"]),
  ...each(["i", "we"], ["want to", "wanted to", "need to", "have to"]),
  ...each(["", "is it", "would it be"], ["possible to"]),
  ...each(["", "do you", "would you"], ["mind"]),
  ...each(["i", "i was", "i am", "i'm", "just"], ["wondering", "wonder"]),
  ...["let me", "let us", "let's", "please", "just", "quickly", "where can i", "any idea"],
]);
const LOOKING_AT: ReadonlySet<string> = new Set([
  ...each(["show", "tell", "give", "get", "send", "showing", "telling", "giving"], ["", "me", "us"]),
  ...each(["let me", "let us"], ["know", "see"]),
  ...each(["take", "have", "get"], ["a look at", "another look at", "a quick look at"]),
  ...["see", "view", "look at", "look up", "look into", "check", "know", "hear", "find out", "read", "have"],
  ...["list", "display", "print", "pull up", "bring up", "remind me", "about"],
  ...["i need", "i want", "we need", "i'd like", "we'd like", "i would like", "we would like"],
  ...["do you know", "do you have", "have you got", "is there", "are there", "there is", "there are"],
]);
/** A sentence has a few of them, and an end has to come. */
const PARTS_AT_MOST = 5;

/**
 * What a sentence may ask to see, said as a command is: "could I have a look at the policy" is "the policy", or "show
 * policy".
 */
export function askedToSee(words: readonly Word[]): readonly (readonly Word[])[] {
  let rest = words;
  const ways: (readonly Word[])[] = [];
  for (let taken = 0; taken < PARTS_AT_MOST; taken++) {
    const looked = lengthAtStart(rest, LOOKING_AT);
    const length = looked || lengthAtStart(rest, ASKING_TO);
    if (length === 0 || length >= rest.length) break;
    rest = rest.slice(length);
    if (isModel(rest)) ways.push([...WHAT_IS, ...rest]);
    ways.push(rest, ...asQuestion(rest), withoutArticles(rest), [...SHOW, ...withoutArticles(rest)]);
  }
  return ways;
}

/** "How the rollout is going" as "how is the rollout going". */
function asQuestion([first, ...others]: readonly Word[]): readonly (readonly Word[])[] {
  const at = others.findIndex(({ lower, quoted }) => !quoted && IS.has(lower));
  const is = others[at];
  if (first === undefined || is === undefined || at < 1 || !ASKING.has(first.lower)) return [];
  const asked = [is, ...others.slice(0, at), ...others.slice(at + 1)];
  return [WHETHER.has(first.lower) ? asked : [first, ...asked]];
}

/** A sentence that is nothing but a model or a word to explain, said as a question for it is; nothing when it is neither. */
export function askedWhatItIs(words: readonly Word[]): readonly Word[] {
  if (isModel(words)) return [...WHAT_IS, ...words];
  return conceptNamed(phrase(words)) === undefined ? [] : [...EXPLAIN, ...words];
}

const ASKING: ReadonlySet<string> = new Set([
  "how",
  "what",
  "who",
  "where",
  "why",
  "when",
  "which",
  "whether",
  "if",
]);
const WHETHER: ReadonlySet<string> = new Set(["whether", "if"]);
const IS: ReadonlySet<string> = new Set(["is", "are", "was", "were", "does", "do", "can", "has", "have"]);
const [SHOW, WHAT_IS, EXPLAIN] = [wordsOf("show"), wordsOf("what is"), wordsOf("explain")];

/** A name begins with what comes after its articles. */
function withoutArticles(words: readonly Word[]): readonly Word[] {
  return withoutFillers([...SHOW, ...words]).slice(1);
}

function isModel([only, ...others]: readonly Word[]): boolean {
  return only !== undefined && others.length === 0 && toAaguid(only.text) !== undefined;
}
