import MiniSearch from "minisearch";
import type { Aaguid } from "../core/policy/policy.js";
import { bareName, searchWords, synonymsOf, wordsIn } from "./model-words.js";

/** A model as it can be found. */
export interface Findable {
  readonly aaguid: Aaguid;
  /** Names it goes by; the first is the one that is shown. */
  readonly names: readonly string[];
  /** What it and others are called together. */
  readonly familyNames: readonly string[];
  /** What it is called by those who do not know its name; good for finding it by exactly that. */
  readonly otherNames: readonly string[];
  readonly vendor: string | undefined;
  /** Further words it is found by, such as Graph's for a model that has a better name. */
  readonly more: readonly string[];
  /** How much likelier people mean it than another model whose name fits as well. */
  readonly weight: number;
}

/** What a search found, best first. */
export interface Found {
  readonly aaguid: Aaguid;
  readonly match: "same" | "close";
  readonly family?: true;
}

const AT_MOST = 10;

/** Finds models by words, typos forgiven. Making it takes some milliseconds; it does not change. */
export class ModelIndex {
  readonly #index: MiniSearch;
  readonly #byName = new Map<string, Findable[]>();
  /** Every word of every model. */
  readonly #words = new Set<string>();

  constructor(models: readonly Findable[]) {
    this.#index = new MiniSearch({
      idField: "aaguid",
      fields: ["name", "other"],
      storeFields: ["weight"],
      tokenize: (text) => [...wordsIn(text)],
    });
    for (const { aaguid, names, familyNames, vendor, more, weight } of models) {
      const [name = "", ...others] = names;
      const other = [
        ...others,
        ...familyNames.slice(0, 1),
        vendor ?? "",
        ...more,
        ...names.map(synonymsOf),
      ].join(" ");
      // Of models that fit as well, people mean the one with the plainest name.
      this.#index.add({ aaguid, name, other, weight: weight / (10 + wordsIn(name).length) });
      for (const word of wordsIn(`${name} ${other}`)) this.#words.add(word);
    }
    for (const model of models) {
      for (const bare of new Set([...model.names, ...model.familyNames, ...model.otherNames].map(bareName))) {
        this.#byName.set(bare, [...(this.#byName.get(bare) ?? []), model]);
      }
    }
  }

  /** Every model of exactly that name, and of others the ten that come closest in all. */
  search(typed: string): readonly Found[] {
    const bare = bareName(typed);
    const isFamily = ({ familyNames }: Findable) => familyNames.some((name) => bareName(name) === bare);
    const same = [...(this.#byName.get(bare) ?? [])].sort((one, other) => other.weight - one.weight);
    const close = this.#closest(typed).filter((aaguid) => !same.some((model) => model.aaguid === aaguid));
    return [
      ...same.map((model): Found => {
        const found = { aaguid: model.aaguid, match: "same" } as const;
        return isFamily(model) ? { ...found, family: true } : found;
      }),
      ...close
        .slice(0, Math.max(0, AT_MOST - same.length))
        .map((aaguid) => ({ aaguid, match: "close" as const })),
    ];
  }

  /** Models that have every word; if there are none, every word that matters; then, more than half of those. */
  #closest(typed: string): readonly Aaguid[] {
    const { needed, helpful } = searchWords(typed);
    if (needed.length === 0) return [];
    const all = [...needed, ...helpful];
    const hits = this.#index.search(all.join(" "), {
      boost: { name: 2 },
      // A word that some model has is no typo, and in a short one another letter makes another word.
      fuzzy: (word) => (this.#words.has(word) || lettersIn(word) < 4 ? false : 0.2),
      prefix: (word) => word.length > 2,
      boostDocument: (_aaguid, _word, stored) => Number(stored?.weight ?? 1),
    });
    const having = (words: readonly string[], atLeast: number) =>
      hits.filter(({ queryTerms }) => words.filter((word) => queryTerms.includes(word)).length >= atLeast);
    const best = [
      having(all, all.length),
      having(needed, needed.length),
      having(needed, Math.floor(needed.length / 2) + 1),
    ].find(({ length }) => length > 0);
    return (best ?? []).map(({ id }) => id as Aaguid);
  }
}

function lettersIn(word: string): number {
  return word.replace(/\P{L}/gu, "").length;
}
