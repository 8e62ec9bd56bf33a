import { ROLE } from "./directory-roles.js";
import { MODEL, type SampleModel } from "./sample-authenticators.js";
import { mailNickname } from "./sample-names.js";
import { samplePasskey } from "./sample-passkeys.js";
import { guidFor } from "./seeded-random.js";
import type { SimPasskey, SimUser } from "./simulated-tenant.js";

export const SAMPLE_DOMAIN = "kestrelmarine.example";

export interface SamplePerson {
  readonly id: string;
  readonly name: string;
}

const person = (key: string, name: string): SamplePerson => ({ id: guidFor(`person ${key}`), name });

/** The people that stories are told about. */
export const SAMPLE_PEOPLE = {
  /** Asks. Security Reader: may talk to the bot and read reports; may change nothing. */
  ada: person("ada", "Ada Lovelace"),
  /** Approves. Authentication Policy Administrator, active. */
  grace: person("grace", "Grace Hopper"),
  /** Looks. Global Reader. */
  linus: person("linus", "Linus Pauling"),
  /** The second approver. Authentication Policy Administrator, active. */
  katherine: person("katherine", "Katherine Johnson"),
  /** Could activate Authentication Policy Administrator in PIM, and has not. */
  hedy: person("hedy", "Hedy Lamarr"),
  /** Helpdesk: Authentication Administrator, which may not write the policy. */
  emmy: person("emmy", "Emmy Noether"),
  /** No role at all. */
  alan: person("alan", "Alan Turing"),
  /** Break-glass accounts: Global Administrators that nobody uses day to day. */
  emergency1: person("emergency1", "Emergency Access 1"),
  emergency2: person("emergency2", "Emergency Access 2"),
} as const satisfies Record<string, SamplePerson>;

/** Roles and passkeys of the named people. Fresh objects each time: a tenant may change its own. */
export function namedPeople(): SimUser[] {
  const { ada, grace, linus, katherine, hedy, emmy, alan, emergency1, emergency2 } = SAMPLE_PEOPLE;
  return [
    member(ada, [], [MODEL.yubikey5Nfc54]),
    member(grace, [ROLE.authenticationPolicyAdministrator], [MODEL.yubikey5Nfc57, MODEL.authenticatorIos]),
    member(linus, [ROLE.globalReader], [MODEL.token2]),
    member(katherine, [ROLE.authenticationPolicyAdministrator], [MODEL.yubikey5cNano]),
    { ...member(hedy, [], [MODEL.icloud]), eligibleRoles: [ROLE.authenticationPolicyAdministrator] },
    // Tests every key that the vendors send: more passkeys than fit on one page of an answer.
    member(
      emmy,
      [ROLE.authenticationAdministrator],
      [
        MODEL.yubikey5Nfc54,
        MODEL.yubikey5Nfc57,
        MODEL.feitianNfc,
        MODEL.feitianBio,
        MODEL.token2,
        MODEL.titan,
        MODEL.unknownPrototype,
      ],
    ),
    member(alan, [], []),
    member(emergency1, [ROLE.globalAdministrator], [MODEL.yubikey5Nfc57]),
    member(emergency2, [ROLE.globalAdministrator], [MODEL.feitianNfc]),
  ];
}

function member({ id, name }: SamplePerson, roles: string[], models: readonly SampleModel[]): SimUser {
  return {
    id,
    displayName: name,
    userPrincipalName: `${mailNickname(name)}@${SAMPLE_DOMAIN}`,
    userType: "member",
    accountEnabled: true,
    roles,
    eligibleRoles: [],
    passkeys: models.map((model, index) => passkeyOf(name, model, index)),
    otherMethods: name.startsWith("Emergency") ? [] : ["microsoftAuthenticatorPush", "mobilePhone"],
  };
}

function passkeyOf(name: string, model: SampleModel, index: number): SimPasskey {
  return samplePasskey(model, { seed: `${name} ${index}`, daysAgo: 40 + index * 11 });
}
