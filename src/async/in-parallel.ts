/** Does the work for every item, at most so many at a time. The work must not throw. */
export async function inParallel<Item>(
  items: readonly Item[],
  atMost: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const waiting = [...items];
  const worker = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(atMost, items.length) }, worker));
}
