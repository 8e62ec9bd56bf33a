import { whyNoAccess } from "../../core/access/standing.js";
import type { Parsed, Reply } from "../../core/command/command.js";
import { parseCommand } from "../../core/command/parse-command.js";
import { offersOf } from "../../core/command/sentence/offers.js";
import { answerOnce } from "../../core/replica/answer-once.js";
import { failureWords } from "../board/reason-words.js";
import { offerCard } from "../cards/reports/offer-card.js";
import type { Request } from "../incoming/request.js";
import type { Message } from "../sending/messenger.js";
import { replyText } from "../words/reply-text.js";
import type { Prepared } from "./ahead/read-ahead.js";
import type { Answer } from "./answer.js";
import type { AnswerContext } from "./answer-context.js";
import { answerEmployee } from "./answer-employee.js";
import { answerCommand } from "./commands/answer-command.js";
import { Note } from "./note.js";

/** What wants an answer. */
type Heard = Exclude<Parsed, { kind: "thanks" }>;

/**
 * Answers one message, in its conversation, and once, however often it is delivered. Thanks get no answer, and
 * neither does a message in which the bot is not mentioned among others.
 */
export async function answerMessage(context: AnswerContext, request: Request): Promise<void> {
  if (!request.addressed) return;
  const parsed = parseCommand(request.text);
  if (parsed.kind === "thanks") return;
  await answerOnce(context.ports, context.rules, request.key, () => {
    const command = parsed.kind === "command" ? parsed.command : undefined;
    return say(context.readAhead.for(context, request, command), request, parsed);
  });
}

function reply(given: Reply): Message {
  const [words, offers] = [replyText(given), offersOf(given)];
  return offers.length === 0
    ? { kind: "text", text: words }
    : { kind: "card", card: offerCard(words, offers) };
}

async function say(prepared: Prepared, request: Request, parsed: Heard): Promise<void> {
  const { context } = prepared;
  const failed = (error: unknown): Message => ({
    kind: "text",
    text: failureWords(context, parsed.kind === "command" ? parsed.command.kind : "reply", error),
  });
  const note = new Note(context, request.place);
  const said = await answer(prepared, request, parsed).catch(failed);
  const standing = await note.end();
  if (said === undefined) return note.answeredElsewhere(standing);
  if (said.kind !== "live-card") return note.answer(standing, said);
  await said.post(standing).catch((error: unknown) => note.answer(standing, failed(error)));
}

async function answer(
  { context, letIn }: Prepared,
  asked: Request,
  parsed: Heard,
): Promise<Answer | undefined> {
  const [refusal, person] = await Promise.all([
    whyNoAccess(context.ports, context.rules, asked.person.id),
    context.names(asked.person),
  ]);
  const request = { ...asked, person };
  if (refusal) {
    context.log.info("refused", { code: refusal.code });
    return answerEmployee(context, request, parsed, refusal);
  }
  letIn();
  if (parsed.kind === "ignored") {
    return reply({ code: "nearest", offers: context.ports.phrasebook.nearest(request.text) });
  }
  if (parsed.kind === "reply") return reply(parsed.reply);
  return answerCommand(context, parsed.command, request);
}
