import type { GroupRef } from "../../../core/policy/intent.js";

/** A group as a command names it: by a name of more than one word in quotes, by its id where the name has quotes itself. */
export function typedGroup({ id, name }: GroupRef): string {
  if (/["“”„«»]/.test(name)) return id;
  return /^[\p{L}\p{N}-]+$/u.test(name) ? name : `"${name}"`;
}
