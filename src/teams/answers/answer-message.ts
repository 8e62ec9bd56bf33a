import { refuseAccess } from "../../core/access/standing.js";
import { parseCommand } from "../../core/command/parse-command.js";
import { failureWords, refusalWords } from "../board/reason-words.js";
import type { Request } from "../incoming/request.js";
import { describeError } from "../sending/background.js";
import type { Message } from "../sending/messenger.js";
import { replyText } from "../words/reply-text.js";
import { answerCommand } from "./answer-command.js";
import type { Desk } from "./desk.js";

/** After this long a person wonders whether anything happens. */
const PATIENCE_MS = 2_000;
const ASKING = "Asking Microsoft Graph. That takes longer than usual; the answer comes here.";

/** Answers one message, in its conversation. Ordinary chat gets no answer, whoever writes it. */
export async function answerMessage(desk: Desk, request: Request): Promise<void> {
  const parsed = parseCommand(request.text);
  if (parsed.kind === "ignored") return;
  await withNote(desk, request, async () => {
    const message = await answer(desk, request, parsed).catch(
      (error: unknown): Message => ({
        kind: "text",
        text: failureWords(desk, parsed.kind === "command" ? parsed.command.kind : "reply", error),
      }),
    );
    if (message !== undefined) await desk.messenger.post(request.place, message);
  });
}

async function answer(
  desk: Desk,
  request: Request,
  parsed: Exclude<ReturnType<typeof parseCommand>, { kind: "ignored" }>,
): Promise<Message | undefined> {
  const refusal = await refuseAccess(desk.ports, desk.rules, request.person.id);
  if (refusal) return { kind: "text", text: await refusalWords(desk, request.place, refusal) };
  if (parsed.kind === "reply") return { kind: "text", text: replyText(parsed.reply) };
  return answerCommand(desk, parsed.command, request);
}

/** Says that something is under way when it takes long, and takes that back when it is done. */
async function withNote(desk: Desk, { place }: Request, work: () => Promise<void>): Promise<void> {
  let note: Promise<string | undefined> = Promise.resolve(undefined);
  const timer = setTimeout(() => {
    note = desk.messenger.post(place, { kind: "text", text: ASKING }).catch((error: unknown) => {
      desk.log.warn("note-not-posted", { error: describeError(error) });
      return undefined;
    });
  }, PATIENCE_MS);
  try {
    await work();
  } finally {
    clearTimeout(timer);
    const id = await note;
    if (id !== undefined) {
      await desk.messenger
        .remove(place, id)
        .catch((error: unknown) => desk.log.warn("note-not-removed", { error: describeError(error) }));
    }
  }
}
