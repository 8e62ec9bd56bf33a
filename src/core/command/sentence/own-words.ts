/** What of a text its writer says, and whether there is more in it. */
export interface OwnWords {
  readonly text: string;
  /** A part was left out: it is quoted, or was taken back. */
  readonly leftOut: boolean;
}

/** Where a quotation begins. Only the beginning of a line is looked at. */
const SAID_BY =
  /^[^\n:]{1,80}\b(?:wrote|writes|said|says|schrieb|sagte|écrit|escribió|escreveu|scritto|schreef)(?: \w+)? ?:/iu;
const FORWARDED = /^\s*(?:-{2,} ?(?:original|forwarded|weitergeleitete)|(?:from|von|de|da|van): .+@)/iu;
/** A subject that was carried over. */
const SUBJECT = /^\s*(?:re|fwd?|aw|wg|tr|rv|sv) ?:/iu;
/** How far into a line it is looked at: the name of a person, and the verb. */
const LOOKED_AT_CHARACTERS = 120;

/**
 * A text without what people mark as not their own words: quoted lines, mails below, code in fences, and what is
 * struck through with tildes. What is left may be a command; what is left out never is.
 */
export function ownWords(text: string): OwnWords {
  const unfenced = withoutEvery(text, "```");
  const unstruck = withoutEvery(unfenced, "~~");
  const lines: string[] = [];
  for (const line of unstruck.split("\n")) {
    const start = line.slice(0, LOOKED_AT_CHARACTERS);
    if (SAID_BY.test(start) || FORWARDED.test(start)) break;
    if (!start.trimStart().startsWith(">") && !(lines.length === 0 && SUBJECT.test(start))) lines.push(line);
  }
  const own = lines.join("\n");
  return { text: own, leftOut: own.length < text.length };
}

/** Without what stands between two of these marks, or after one that has no second. */
function withoutEvery(text: string, mark: string): string {
  return text
    .split(mark)
    .filter((_, at) => at % 2 === 0)
    .join(" ");
}
