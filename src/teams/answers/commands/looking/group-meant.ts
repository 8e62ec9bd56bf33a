const EVERYBODY = [
  "all",
  "all users",
  "everybody",
  "everyone",
  "the company",
  "the whole company",
  "the tenant",
];

/** The name of a group that was asked about; undefined: what was said is no group's name but all whom the policy is for. */
export function groupMeant(command: object): string | undefined {
  if (!("group" in command) || typeof command.group !== "string") return undefined;
  return EVERYBODY.includes(command.group.trim().toLowerCase()) ? undefined : command.group;
}
