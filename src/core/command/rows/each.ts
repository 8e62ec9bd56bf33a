/** One of each list, one after the other: every way there is. */
export function each(...lists: readonly (readonly string[])[]): readonly string[] {
  return lists.reduce<readonly string[]>(
    (said, list) => said.flatMap((start) => list.map((word) => `${start} ${word}`.trim())),
    [""],
  );
}
