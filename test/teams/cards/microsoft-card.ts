import type { IAdaptiveCard } from "@microsoft/teams.cards";

/** A type of Microsoft's whose words may be spelled as the schema of cards has them: with a small letter as well. */
type InEitherSpelling<T> = T extends string
  ? string extends T
    ? T
    : T | Uncapitalize<T> | Capitalize<T>
  : T extends readonly (infer Item)[]
    ? readonly InEitherSpelling<Item>[]
    : T extends object
      ? { readonly [Key in keyof T]: InEitherSpelling<T[Key]> }
      : T;

/** A card as Microsoft's Teams library types it: what Teams draws beyond the schema, such as charts, is among it. */
export type MicrosoftCard = InEitherSpelling<IAdaptiveCard>;
