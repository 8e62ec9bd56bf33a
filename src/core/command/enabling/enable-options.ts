/** Options of `enable passkeys`, as the person wrote them; groups are still names. */
export interface EnableOptions {
  /** undefined: nothing said about people. */
  readonly targets?:
    | { readonly kind: "all-users" }
    /** `only`: instead of the people they are for today, not in addition to them. */
    | { readonly kind: "groups"; readonly names: readonly string[]; readonly only?: true };
  readonly attestation?: "enforced" | "not-enforced";
  readonly restriction: "as-fits" | "allow-list" | "any";
  readonly authenticators: readonly ("ios" | "android")[];
  readonly profile?: string;
}

/** Options that are fixed phrases: ways to say the same, and what they set. */
export const OPTION_PHRASES: readonly {
  readonly said: readonly string[];
  readonly setting: Partial<EnableOptions>;
}[] = [
  // Said of people who get passkeys in addition, as they do anyhow.
  { said: ["too", "as well", "in addition"], setting: {} },
  {
    said: [
      "with attestation",
      "with attestation enforced",
      "attested",
      "attested only",
      "enforce attestation",
    ],
    setting: { attestation: "enforced" },
  },
  {
    said: ["without attestation", "no attestation", "with no attestation", "not attested"],
    setting: { attestation: "not-enforced" },
  },
  {
    said: ["ios only", "only ios", "iphone only", "for ios only", "only for ios"],
    setting: { authenticators: ["ios"] },
  },
  {
    said: ["android only", "only android", "for android only", "only for android"],
    setting: { authenticators: ["android"] },
  },
  {
    said: ["ios and android", "for ios and android", "android and ios"],
    setting: { authenticators: ["ios", "android"] },
  },
  {
    said: [
      "unrestricted",
      "without restrictions",
      "no restrictions",
      "without key restrictions",
      "any authenticator",
    ],
    setting: { restriction: "any" },
  },
  {
    said: [
      "with allow list",
      "with an allow list",
      "with allowlist",
      "with allow-list",
      "as allow list",
      "allow list",
    ],
    setting: { restriction: "allow-list" },
  },
  {
    said: [
      "for all users",
      "for everyone",
      "for everybody",
      "for all",
      "for all people",
      "for all staff",
      "for all employees",
      "for the whole company",
      "for the whole organisation",
      "for the whole organization",
      "for the entire company",
      "to everybody",
      "to all",
      "to the whole company",
      "to all users",
      "to everyone",
      "only for all users",
    ],
    setting: { targets: { kind: "all-users" } },
  },
];
