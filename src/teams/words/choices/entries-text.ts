import { type Refusal, unreachable } from "../../../core/errors.js";
import type { WrongEntry } from "../../../core/policy/typed-aaguid.js";
import { counted, number } from "../../../core/words/amounts.js";
import { code } from "../card-text.js";

type NotUnderstood = Extract<Refusal, { code: "entries-not-understood" }>;

/** More would not be read; what is left is counted. */
const ENTRIES_SHOWN = 20;

/** What is wrong with which entries of a list, and what to do. */
export function entriesText({ wrong, understood }: NotUnderstood): string {
  const [first] = wrong;
  if (first !== undefined && wrong.length === 1 && understood.length === 0) {
    return `${code(first.typed)} is not understood: ${slipWords(first.wrong)}. Nothing was proposed; correct it and ask again, or say \`keys in use\` for the models people have.`;
  }
  const all = wrong.length + understood.length;
  const lines = wrong.slice(0, ENTRIES_SHOWN).map((entry) => `- ${entryWords(entry)}`);
  const rest = wrong.length - lines.length;
  return [
    `Nothing was proposed yet: of ${number(all)} entries ${wrong.length === 1 ? "one is" : `${wrong.length} are`} not understood.`,
    lines.join("\n"),
    ...(rest > 0 ? [`And ${rest} more.`] : []),
    `Check ${wrong.length === 1 ? "it" : "these"} and send the corrected list.`,
  ].join("\n\n");
}

function entryWords({ typed, line, wrong }: WrongEntry): string {
  return `${line === undefined ? "" : `Line ${line}: `}${code(typed)}, ${slipWords(wrong)}`;
}

function slipWords(wrong: WrongEntry["wrong"]): string {
  switch (wrong.kind) {
    case "digits":
      return `it has ${counted(wrong.digits, "digit")}, an AAGUID has 32`;
    case "letter":
      return `it has the letter ${code(wrong.letter)}, and the digits of an AAGUID are 0 to 9 and a to f`;
    case "hyphens":
      return "its hyphens are not where those of an AAGUID are, after 8, 12, 16 and 20 digits";
    case "unknown":
      return "no authenticator model is known by that name";
    case "several":
      return "that could be one of several models; say its AAGUID";
    case "other-model":
      return "the name is that of another model than the AAGUID";
    default:
      return unreachable(wrong);
  }
}
