import type { Model } from "../policy/model.js";
import type { Ports } from "../ports.js";
import type { Inventory } from "../scan/inventory.js";

/** What people say beside a maker's or a family's name, and that no model is told apart by. */
const BESIDE = new Set([
  "old",
  "older",
  "new",
  "with",
  "firmware",
  "the",
  "a",
  "an",
  "any",
  "model",
  "models",
  "series",
  "key",
  "keys",
]);

/**
 * Every model in use of whose maker and name all the words are a part: "yubikey", "yubico keys", "titan". Which of them
 * one person has does not matter to who counts them all.
 */
export function modelsInUse(
  { catalogue }: Pick<Ports, "catalogue">,
  inventory: Pick<Inventory, "models">,
  typed: string,
): readonly Model[] {
  const wanted = wordsOf(typed).filter((word) => !BESIDE.has(word));
  if (wanted.length === 0) return [];
  return inventory.models
    .map(({ aaguid, hint }) => catalogue.model(aaguid, hint))
    .filter(({ name, vendor = "" }) => {
      const words = wordsOf(`${vendor} ${name}`);
      return wanted.every((word) => words.includes(word) || words.includes(singular(word)));
    });
}

function wordsOf(text: string): readonly string[] {
  return (
    text
      .normalize("NFKC")
      .toLowerCase()
      .match(/[\p{L}\p{N}]+(?:\.[\p{N}]+)*/gu) ?? []
  );
}

function singular(word: string): string {
  return word.length > 3 && word.endsWith("s") ? word.slice(0, -1) : word;
}
