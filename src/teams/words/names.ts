import { groupWordsIn } from "../../core/words/group-words.js";
import { modelWordsIn } from "../../core/words/model-words.js";
import { MARKDOWN } from "./card-text.js";

/** Groups and models by name, made harmless for Markdown. */
export const { groupsWords, meantWords, targetWords } = groupWordsIn(MARKDOWN);
export const { modelWords, statusWords, modelName, modelLine, modelLineInFull } = modelWordsIn(MARKDOWN);
