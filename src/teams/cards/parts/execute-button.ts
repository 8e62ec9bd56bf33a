import type { ExecuteAction } from "./card.js";

/** A button, with what a client that does not know such buttons sends instead: a message, which the bot answers. */
export function executeButton<Name extends string, Data extends object>(
  title: string,
  verb: Name,
  data: Data,
  style?: "positive" | "destructive",
) {
  return {
    type: "Action.Execute",
    title,
    verb,
    data,
    ...(style === undefined ? {} : { style }),
    fallback: { type: "Action.Submit", title, data: { ...data, verb } },
  } as const;
}

/** Where in Show all a card is; pages count from 1. */
export interface Leaf {
  readonly page: number;
  readonly pages: number;
}

/** What leafs through Show all. @param show the button for a page */
export function leafButtons(
  { page, pages }: Leaf,
  show: (title: string, page: number) => ExecuteAction,
): readonly ExecuteAction[] {
  return [
    ...(page > 1 ? [show("Previous page", page - 1)] : []),
    ...(page < pages ? [show("Next page", page + 1)] : []),
  ];
}
