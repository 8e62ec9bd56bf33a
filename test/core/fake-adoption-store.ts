import type { AuditEntry } from "../../src/core/audit/record.js";
import type {
  AdoptionSample,
  AdoptionStore,
  PeopleLink,
  PeopleLinkStore,
} from "../../src/core/stores/adoption-store.js";

/** Samples in memory, with the same promises. */
export class FakeAdoptionStore implements AdoptionStore {
  samples: readonly AdoptionSample[] = [];

  async add(sample: AdoptionSample, forgetBefore: string): Promise<boolean> {
    const isOfTenant = (each: AdoptionSample) => each.tenantId === sample.tenantId;
    const kept = this.samples.filter((each) => !isOfTenant(each) || each.day >= forgetBefore);
    const isTaken = kept.some((each) => isOfTenant(each) && each.day === sample.day);
    this.samples = isTaken ? kept : [...kept, sample].sort((a, b) => a.day.localeCompare(b.day));
    return !isTaken;
  }

  async since(tenant: string, day: string): Promise<readonly AdoptionSample[]> {
    return this.samples.filter((each) => each.tenantId === tenant && each.day >= day);
  }
}

/** Links in memory; their secrets are numbered: "people-1". */
export class FakePeopleLinks implements PeopleLinkStore {
  readonly links: PeopleLink[] = [];
  readonly #record: (entry: AuditEntry) => void;

  constructor(record: (entry: AuditEntry) => void) {
    this.#record = record;
  }

  async add(link: PeopleLink, record: AuditEntry): Promise<string> {
    this.#record(record);
    return `people-${this.links.push(link)}`;
  }

  async find(secret: string, at: string): Promise<PeopleLink | undefined> {
    const link = this.links[Number(secret.replace("people-", "")) - 1];
    return link !== undefined && link.validUntil > at ? link : undefined;
  }
}
