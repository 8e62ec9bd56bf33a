import { SAMPLE_PEOPLE } from "../../../simulators/tenant/sample-tenant.js";
import type { SimulatedTenant } from "../../../simulators/tenant/simulated-tenant.js";
import { type ChannelPerson, channelPerson } from "../windows/channel-people.js";

/** Those who have a window, and what each is there for. */
export const WINDOW_ROLES = {
  ada: "asks",
  grace: "approves",
  linus: "may look",
  alan: "has no role",
} as const;
export type WindowKey = keyof typeof WINDOW_ROLES;
export const WINDOW_KEYS = Object.keys(WINDOW_ROLES) as readonly WindowKey[];

const IDENTITY_TEAM = { id: "19:identity-team@thread.v2", name: "Identity team" } as const;
const DRAWING_OFFICE = { id: "19:drawing-office@thread.v2", name: "Drawing office" } as const;

/** People of the group chats: those with windows, and three more so that the Playground has enough of them. */
export function chatMembers(tenant: SimulatedTenant): readonly ChannelPerson[] {
  return [...WINDOW_KEYS, "katherine", "hedy", "emmy"].map((key) => {
    const { id } = SAMPLE_PEOPLE[key as keyof typeof SAMPLE_PEOPLE];
    const user = tenant.users.get(id);
    if (user === undefined) throw new Error(`the sample tenant has nobody called ${key}`);
    const person = { id, name: user.displayName, mail: user.userPrincipalName };
    // Who has no role is not where plans are talked about.
    return channelPerson(key, person, key === "alan" ? DRAWING_OFFICE : IDENTITY_TEAM);
  });
}
