import { z } from "zod";
import { DIGEST_DIGITS } from "../../core/audit/shown-digest.js";
import { REASON_INPUT, REASON_LIMIT } from "../cards/parts/reason-field.js";

/** A number or a revision. Longer ones are none of ours, and no store has room for them. */
export const Count = z.int().min(1).max(999_999_999);
/** What a button of ours carries of what its card shows; a button without one, or with anything else, has shown nothing. */
export const Digest = z
  .string()
  .regex(new RegExp(`^[0-9a-f]{${DIGEST_DIGITS}}$`))
  .catch("");
/** Far above any tenant: how many pages there are is for the card to say. */
export const Page = z.int().min(1).max(100_000);

const Action = z.object({
  action: z.object({ verb: z.unknown().optional(), data: z.record(z.string(), z.unknown()) }),
});
const Extras = z.object({
  [REASON_INPUT]: z.string().catch(""),
  page: Page.catch(1),
});

/** What was pressed, before it is known whether it is a button of ours. */
interface PressedAction {
  readonly verb: unknown;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A client without Action.Execute sends the verb in the data. undefined: it is no button at all. */
export function pressedAction(value: unknown): PressedAction | undefined {
  const parsed = Action.safeParse(value);
  if (!parsed.success) return undefined;
  const { verb, data } = parsed.data.action;
  return { verb: verb ?? data.verb, data };
}

/** What was typed as a reason, no longer than its field takes, and which page is asked for: the first if that cannot be. */
export function reasonAndPage({ data }: PressedAction): { readonly reason: string; readonly page: number } {
  const { [REASON_INPUT]: reason, page } = Extras.parse(data);
  // Never half a character.
  return { reason: reason.slice(0, REASON_LIMIT).replace(/[\ud800-\udbff]$/, ""), page };
}
