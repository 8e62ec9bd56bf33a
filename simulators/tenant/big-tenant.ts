import { COMMON_MODELS, RARE_MODELS } from "./big-models.js";
import type { SampleModel } from "./sample-authenticators.js";
import { FAMILY_NAMES, GIVEN_NAMES, mailNickname, PARTNER_DOMAINS } from "./sample-names.js";
import { samplePasskey } from "./sample-passkeys.js";
import { SAMPLE_DOMAIN } from "./sample-people.js";
import { sampleTenant } from "./sample-tenant.js";
import { SeededRandom } from "./seeded-random.js";
import type { SimPasskey, SimUser, SimulatedTenant } from "./simulated-tenant.js";

export interface BigTenantOptions {
  /** How many accounts there are, the sample's named people among them. */
  readonly people: number;
  /** Which part of them has passkeys, about; a fifth when left out. */
  readonly withPasskeys?: number;
  /** Another seed, other people. */
  readonly seed?: number;
}

/** Guests (who register no passkeys where they visit) and disabled accounts, of all. */
const GUESTS = 0.05;
const DISABLED = 0.03;
const DELETED = 0.001;
/** Of those with passkeys: two, or seven, which is more than fits on a page. */
const WITH_TWO = 0.2;
const WITH_SEVEN = 0.002;

/**
 * The sample tenant with as many people as asked for: some forty models, most in many hands and a few in one or two
 * only. The same people for the same seed.
 */
export function bigTenant({ people, withPasskeys = 0.2, seed = 1 }: BigTenantOptions): SimulatedTenant {
  const tenant = sampleTenant({ people: 0 });
  const random = new SeededRandom(seed);
  const crowd: SimUser[] = [];
  for (let index = 0; tenant.users.size + crowd.length < people; index += 1) {
    crowd.push(somebody(random, index, withPasskeys));
  }
  handOutRareModels(random, crowd);
  for (const user of crowd) tenant.users.set(user.id, user);
  return tenant;
}

/** People whose passkeys can be read: enabled, and not deleted. */
export function readableKeyholders(tenant: SimulatedTenant): SimUser[] {
  return [...tenant.users.values()].filter((user) => isReadable(user) && user.passkeys.length > 0);
}

function isReadable(user: SimUser): boolean {
  return user.accountEnabled && !user.deleted;
}

function somebody(random: SeededRandom, index: number, withPasskeys: number): SimUser {
  const displayName = `${random.pick(GIVEN_NAMES)} ${random.pick(FAMILY_NAMES)}`;
  const guest = random.chance(GUESTS);
  const alias = `${mailNickname(displayName)}.${index}`;
  const hasPasskeys = !guest && random.chance(withPasskeys / (1 - GUESTS));
  return {
    id: guid(random),
    displayName,
    userPrincipalName: guest
      ? `${alias}_${random.pick(PARTNER_DOMAINS)}#EXT#@${SAMPLE_DOMAIN}`
      : `${alias}@${SAMPLE_DOMAIN}`,
    userType: guest ? "guest" : "member",
    accountEnabled: !random.chance(DISABLED),
    roles: [],
    eligibleRoles: [],
    passkeys: hasPasskeys ? passkeysOf(random, index) : [],
    otherMethods: random.chance(0.9) ? ["microsoftAuthenticatorPush", "mobilePhone"] : [],
    ...(random.chance(DELETED) ? { deleted: true } : {}),
  };
}

function passkeysOf(random: SeededRandom, index: number): SimPasskey[] {
  const count = random.chance(WITH_SEVEN) ? 7 : random.chance(WITH_TWO) ? 2 : 1;
  return Array.from({ length: count }, (_, nth) =>
    passkeyOf(random, random.weighted(COMMON_MODELS), `big ${index} ${nth}`),
  );
}

function passkeyOf(random: SeededRandom, model: SampleModel, seed: string): SimPasskey {
  const label = random.pick(model.labels);
  return samplePasskey(model, {
    seed,
    daysAgo: 2 + random.below(700),
    label,
    upperCase: random.chance(0.03),
  });
}

/** Each to as many people as it is for, whose passkeys can be read, if there are any. */
function handOutRareModels(random: SeededRandom, crowd: readonly SimUser[]): void {
  const holders = crowd.filter((user) => isReadable(user) && user.passkeys.length === 1);
  for (const [model, owners] of RARE_MODELS) {
    for (let nth = 0; nth < owners && holders.length > 0; nth += 1) {
      const [owner] = holders.splice(random.below(holders.length), 1);
      owner?.passkeys.splice(0, 1, passkeyOf(random, model, `rare ${model.aaguid} ${nth}`));
    }
  }
}

/** Made of chance alone: a hash for each of a hundred thousand people takes its time. */
function guid(random: SeededRandom): string {
  const hex = () => random.below(0x1_0000).toString(16).padStart(4, "0");
  return `${hex()}${hex()}-${hex()}-4${hex().slice(1)}-a${hex().slice(1)}-${hex()}${hex()}${hex()}`;
}
