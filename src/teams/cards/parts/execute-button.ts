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
