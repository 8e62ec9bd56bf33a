import { Fault } from "../../src/core/errors.js";
import { type GroupId, groupId, type Instant, type Person, personId } from "../../src/core/person.js";
import type { Group } from "../../src/core/policy/group.js";
import type { Aaguid } from "../../src/core/policy/policy.js";
import type {
  ListedPage,
  PasskeyRound,
  PasskeySource,
  PutOff,
  RefusedRegistrations,
} from "../../src/core/ports/passkey-source.js";
import type { Directory, DirectoryRole } from "../../src/core/ports.js";
import type { AccountCounts, AccountRef, PasskeyAnswer } from "../../src/core/scan/inventory.js";

type FakeGroup = Omit<Group, "id"> & { readonly members: readonly string[] };

function asGroup(id: GroupId, { members: _, ...group }: FakeGroup): Group {
  return { id, ...group };
}

/** The people of a tenant, their groups, roles and passkeys, as Graph tells of them. */
export class FakePeople {
  /** Why people cannot be looked up. */
  directoryFault: Fault | undefined;
  signInNameFault: Fault | undefined;
  /** Why it cannot be read who holds a role. */
  holdersFault: Fault | undefined;
  readonly roles = new Map<string, readonly DirectoryRole[]>();
  /** Everybody else is a member of the tenant. */
  readonly guests = new Set<string>();
  readonly groups = new Map<GroupId, FakeGroup>();
  /** Person -> models, or a failure to read them. */
  readonly passkeys = new Map<string, readonly Aaguid[] | "gone" | "throttled">();
  /** People whom the registration report calls administrators, when it is asked for those. */
  readonly admins = new Set<string>();
  /** People the registration report does not list (yet). */
  readonly unreported = new Set<string>();
  /** What the tenant counts, unless a test says so: nothing. */
  accounts: AccountCounts | Fault = new Fault("graph-denied", "accounts are not counted");
  /** Rows of the report in each page, when a test says so. */
  reportRows: number | undefined;
  premium = true;
  /** People the directory audit log names, with when that was. A Fault: the log cannot be read. */
  audited: readonly { readonly name: string; readonly at: number }[] | Fault = [];
  /** Registrations that failed, as the log has them. A Fault: it cannot be read. */
  refusals: (since: Instant) => RefusedRegistrations | Fault = () => ({ refused: [], isWhole: true });
  /** People in a page of a list. */
  pageSize = 1000;
  /** People asked about, in order; and how many there were at once at most. */
  readonly asked: string[] = [];
  mostAtOnce = 0;
  /** What Graph says to a request for passkeys instead of the truth; undefined: the truth. */
  onAsk: (people: readonly AccountRef[]) => Promise<PasskeyRound | undefined> = async () => undefined;
  /** Called before a list is read. */
  onList: (which: "audit" | "report" | "accounts", next: string | undefined) => void = () => {};

  readonly directory: Directory = {
    person: async (id) => this.#person(id),
    people: async (ids) => new Map(ids.flatMap((id) => this.#person(id) ?? []).map((one) => [one.id, one])),
    signInName: async (id) => this.#signInName(id),
    isMember: async (id) => !this.guests.has(id),
    peopleNamed: async (beginning) => this.#peopleNamed(beginning),
    activeRoles: async (person) => this.roles.get(person) ?? [],
    holdersOf: async (templateId) => {
      if (this.holdersFault) throw this.holdersFault;
      const holders = [...this.roles].filter(([, roles]) =>
        roles.some((role) => role.templateId === templateId),
      );
      return new Set(holders.map(([id]) => personId(id)));
    },
    groupsOf: async (person) =>
      new Set([...this.groups].filter(([, group]) => group.members.includes(person)).map(([id]) => id)),
    groupsNamed: async (name) =>
      [...this.groups]
        .filter(([, group]) => group.name.toLowerCase() === name.toLowerCase())
        .map(([id, group]) => asGroup(id, group)),
    group: async (id) => {
      const group = this.groups.get(id);
      return group === undefined ? undefined : asGroup(id, group);
    },
    allGroups: async () => ({
      groups: [...this.groups].map(([id, { name }]) => ({ id, name })),
      isComplete: true,
    }),
    countMembers: async (id) => {
      const group = this.groups.get(id);
      if (!group) throw new Fault("graph-not-found", "no such group");
      return group.members.length;
    },
    membersOf: async (id) => {
      const group = this.groups.get(id);
      if (!group) throw new Fault("graph-not-found", "no such group");
      return new Set(group.members.map(personId));
    },
  };

  readonly passkeySource: PasskeySource = {
    reportedKeyholders: async ({ next, methods }) => {
      this.onList("report", next);
      if (!this.premium) throw new Fault("graph-no-licence", "no P1");
      const listed = this.#accounts().filter(
        (account) => !this.unreported.has(account.id) && this.passkeys.get(account.id)?.length !== 0,
      );
      const rows = methods === undefined && this.reportRows !== undefined ? { rows: this.reportRows } : {};
      return { ...this.#page(listed, next), ...rows, methods: methods ?? ["passKeyDeviceBound"] };
    },
    enabledAccounts: async (next) => {
      this.onList("accounts", next);
      return this.#listed(this.#accounts(), next);
    },
    enabledAccountsIn: async (id, next) => {
      const group = this.groups.get(id);
      if (!group) throw new Fault("graph-not-found", "no such group");
      this.onList("accounts", next);
      return this.#listed(group.members.map(account), next);
    },
    administrators: async (next) => {
      this.onList("report", next);
      if (!this.premium) throw new Fault("graph-no-licence", "no P1");
      return this.#page(
        this.#accounts().flatMap((each) => (this.admins.has(each.id) ? { ...each, isAdmin: true } : [])),
        next,
      );
    },
    countAccounts: async () => {
      if (this.accounts instanceof Fault) throw this.accounts;
      return this.accounts;
    },
    refusedSince: async (since) => {
      const read = this.refusals(since);
      if (read instanceof Fault) throw read;
      return read;
    },
    changedSince: async (since, next) => {
      this.onList("audit", next);
      if (this.audited instanceof Fault) throw this.audited;
      const recent = this.audited.filter(({ at }) => at >= Date.parse(since));
      return this.#page(
        recent.map(({ name }) => account(name)),
        next,
      );
    },
    passkeysOf: (people) => this.#ask(people),
  };

  addGroup(id: string, name: string, ...members: string[]): void {
    this.groups.set(groupId(id), { name, members, kind: "security", securityEnabled: true });
  }

  #peopleNamed(beginning: string): readonly Person[] {
    if (this.directoryFault) throw this.directoryFault;
    const names = [...new Set([...this.roles.keys(), ...this.passkeys.keys()])];
    return names
      .filter((name) => name.toLowerCase().startsWith(beginning.toLowerCase()))
      .map((name) => ({ id: personId(name), name }));
  }

  #person(id: string): Person | undefined {
    if (this.directoryFault) throw this.directoryFault;
    const isThere = this.roles.has(id) || (this.passkeys.has(id) && this.passkeys.get(id) !== "gone");
    return isThere ? { id: personId(id), name: id } : undefined;
  }

  #signInName(id: string): string | undefined {
    if (this.signInNameFault) throw this.signInNameFault;
    return this.#person(id) && `${id}@example.com`;
  }

  #accounts(): readonly AccountRef[] {
    return [...this.passkeys.keys()].map(account);
  }

  #page(people: readonly AccountRef[], next: string | undefined) {
    const from = next === undefined ? 0 : Number(next);
    const to = from + this.pageSize;
    return { people: people.slice(from, to), ...(to < people.length ? { next: String(to) } : {}) };
  }

  /** As the directory lists them. */
  #listed(people: readonly AccountRef[], next: string | undefined): ListedPage {
    const page = this.#page(people, next);
    const all = page.people.map((each) => ({
      ...each,
      signInName: `${each.id}@example.com`,
      ...(this.guests.has(each.id) ? { isGuest: true as const } : {}),
    }));
    return { ...page, people: all };
  }

  #inFlight = 0;
  async #ask(people: readonly AccountRef[]): Promise<PasskeyRound> {
    this.#inFlight += people.length;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#inFlight);
    this.asked.push(...people.map((person) => person.id));
    try {
      // Long enough for other requests to be sent meanwhile.
      await new Promise((resolve) => setImmediate(resolve));
      return (await this.onAsk(people)) ?? this.truth(people);
    } finally {
      this.#inFlight -= people.length;
    }
  }

  /** What Graph says when nothing is wrong. */
  truth(people: readonly AccountRef[]): PasskeyRound {
    const said = people.map((person) => this.#answer(person));
    return {
      answers: said.filter((each): each is PasskeyAnswer => "kind" in each),
      later: said.filter((each): each is PutOff => !("kind" in each)),
    };
  }

  #answer(account: AccountRef): PasskeyAnswer | PutOff {
    const found = this.passkeys.get(account.id);
    if (found === undefined || found === "gone") return { kind: "gone", account };
    if (found === "throttled")
      return { account, why: "Graph said 429", throttled: true, retryAfterSeconds: 1 };
    const passkeys = found.map((aaguid) => ({
      aaguid,
      model: undefined,
      type: "deviceBound" as const,
      attested: true,
    }));
    return { kind: "read", account, passkeys };
  }
}

function account(name: string): AccountRef {
  return { id: personId(name), name, isAdmin: false };
}
