import type { CommandName, CommandNamed } from "../../../core/command/command.js";
import type { Request } from "../../incoming/request.js";
import type { Answer } from "../answer.js";
import type { AnswerContext } from "../answer-context.js";

/** Carries out a command. @returns what to say; undefined when the card comes by itself, or is there already. @throws Fault */
export type AnswerTo<Name extends CommandName> = (
  context: AnswerContext,
  request: Request,
  command: CommandNamed<Name>,
) => Promise<Answer | undefined>;
