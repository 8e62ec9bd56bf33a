import type { OnlyModels, UsableModel } from "../../../core/report/replacing/only-models.js";
import { counted, listed, people } from "../../../core/words/amounts.js";
import { code, plain } from "../card-text.js";

/** More would not be read; the rest is counted. */
const MODELS_NAMED = 6;

/** What would stay, what would go, and what is to be said for it. */
export function onlyModelsText({ typed, mode, profile, kept, others }: OnlyModels): string {
  const where = profile === undefined ? "" : ` in profile ${plain(profile)}`;
  if (mode === "any") {
    return `No list of models is enforced${where}, so any may be used. Say \`enable passkeys with allow list\` to propose a list of those in use first; then the others can be removed from it.`;
  }
  if (others.length === 0) {
    return `Nothing but ${plain(typed)} is allowed${where} as it is, as far as models are known. Say \`keys in use\` to see who has which.`;
  }
  const list = mode === "allow" ? "taken off the allow list" : "put on the block list";
  return [
    `To allow nothing but ${plain(typed)}, the others are ${list}${where}. That is ${counted(others.length, "model")}: ${named(others)}.`,
    `These stay: ${named(kept)}.`,
    `Nothing was proposed yet. Press the button, or say ${code("remove")} with their names: the plan's card then says who loses sign-in.`,
  ].join("\n\n");
}

function named(models: readonly UsableModel[]): string {
  const names = models.map(({ model, people: count }) =>
    count === 0 ? plain(model.name) : `${plain(model.name)} (${people(count)})`,
  );
  return listed([...new Set(names)], MODELS_NAMED);
}
