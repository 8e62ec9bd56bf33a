import { groupWordsIn } from "../../core/words/group-words.js";
import { modelWordsIn } from "../../core/words/model-words.js";
import { MARKDOWN } from "./card-text.js";

/** Groups and models by name, made harmless for Markdown. */
export const { groupRefWords, groupsWords, meantWords, targetWords } = groupWordsIn(MARKDOWN);
export const { modelWords, distinctModelWords, statusWords, modelName, modelLine, modelLineInFull } =
  modelWordsIn(MARKDOWN);
