import { MODEL, MODELS_IN_USE } from "./sample-authenticators.js";
import { FAMILY_NAMES, GIVEN_NAMES, mailNickname, PARTNER_DOMAINS } from "./sample-names.js";
import { samplePasskey } from "./sample-passkeys.js";
import { SAMPLE_DOMAIN } from "./sample-people.js";
import { guidFor, SeededRandom } from "./seeded-random.js";
import type { SimPasskey, SimUser } from "./simulated-tenant.js";

const OTHER_METHODS: readonly (readonly [readonly string[], number])[] = [
  [["microsoftAuthenticatorPush", "mobilePhone"], 55],
  [["microsoftAuthenticatorPush"], 20],
  [["mobilePhone", "email"], 15],
  [["softwareOneTimePasscode", "mobilePhone"], 6],
  [[], 4],
];

/** Everybody else in the company: the same people for the same count, and the first ones the same for any count. */
export function sampleCrowd(count: number): SimUser[] {
  const random = new SeededRandom(20261120);
  const names = new Set<string>();
  const crowd: SimUser[] = [];
  while (crowd.length < count) {
    const name = `${random.pick(GIVEN_NAMES)} ${random.pick(FAMILY_NAMES)}`;
    // Beyond every pair of names, people share one, as people do; their ids differ.
    if (names.has(name) && names.size < GIVEN_NAMES.length * FAMILY_NAMES.length * 0.8) continue;
    names.add(name);
    crowd.push(somebody(random, name, crowd.length));
  }
  return crowd;
}

/** Out of fifty: three guests, two disabled accounts, the rest ordinary members. One of all was deleted yesterday. */
function somebody(random: SeededRandom, name: string, index: number): SimUser {
  const guest = index % 50 === 17 || index % 50 === 31 || index % 50 === 44;
  const user: SimUser = {
    id: guidFor(`crowd ${index}`),
    displayName: name,
    userPrincipalName: guest ? guestName(random, name, index) : memberName(name, index),
    userType: guest ? "guest" : "member",
    accountEnabled: index % 25 !== 12,
    roles: [],
    eligibleRoles: [],
    // Guests cannot register passkeys in the tenant they visit (documented).
    passkeys: guest ? [] : passkeysOf(random, index),
    otherMethods: [...random.weighted(OTHER_METHODS)],
  };
  return index === 23 ? { ...user, deleted: true } : user;
}

function memberName(name: string, index: number): string {
  return `${mailNickname(name)}.${index + 100}@${SAMPLE_DOMAIN}`;
}

function guestName(random: SeededRandom, name: string, index: number): string {
  return `${mailNickname(name)}.${index}_${random.pick(PARTNER_DOMAINS)}#EXT#@${SAMPLE_DOMAIN}`;
}

/** Two in five registered a passkey; a third of those have a second one. A few oddities have a fixed place. */
function passkeysOf(random: SeededRandom, index: number): SimPasskey[] {
  const oddity = { 5: MODEL.nameless, 23: MODEL.yubikey5Nfc54, 37: MODEL.unknownVendor, 62: MODEL.nameless }[
    index
  ];
  const passkeys = oddity === undefined ? [] : [samplePasskey(oddity, { seed: `odd ${index}`, daysAgo: 90 })];
  if (!random.chance(0.4)) return passkeys;
  const count = random.chance(0.33) ? 2 : 1;
  for (let nth = 0; nth < count; nth += 1) {
    const model = random.weighted(MODELS_IN_USE);
    passkeys.push(
      samplePasskey(model, {
        seed: `crowd ${index} ${nth}`,
        daysAgo: 2 + random.below(700),
        label: random.pick(model.labels),
        upperCase: random.chance(0.06),
      }),
    );
  }
  return passkeys;
}
