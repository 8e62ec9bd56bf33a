import { Client } from "@microsoft/microsoft-graph-client";
import { SAMPLE_PEOPLE } from "../../simulators/tenant/sample-people.js";

export interface GraphAsApp {
  readonly graphUrl: string;
  readonly token: () => Promise<string>;
}

/** Reads it all, side by side, for the person of that object id. */
export type Reads = (sender: string) => Promise<void>;

const POLICY = "/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/fido2";
const BY_INDEX = { ConsistencyLevel: "eventual" };

/**
 * What turns of Latchkey read of Graph, by Microsoft's client as it comes, which goes by `fetch` over connections that
 * stay open.
 */
export class EchoReads {
  readonly #client: Client;
  constructor({ graphUrl, token }: GraphAsApp) {
    this.#client = Client.initWithMiddleware({
      baseUrl: graphUrl,
      customHosts: new Set([new URL(graphUrl).hostname]),
      authProvider: { getAccessToken: token },
    });
  }

  /** The sender's roles and the policy: what `show policy` cannot do without. */
  two(): Reads {
    return (sender) => together([this.#roles(sender), this.#client.api(POLICY).get()]);
  }

  /**
   * The same requests as `show policy`: also the emergency accounts. The people in the groups of the policy are counted
   * once in some seconds, however many ask: no request of one turn.
   */
  asShowPolicy(): Reads {
    const two = this.two();
    const { emergency1, emergency2 } = SAMPLE_PEOPLE;
    return (sender) =>
      together([
        two(sender),
        this.#client
          .api("/users")
          .filter(`id eq '${emergency1.id}' or id eq '${emergency2.id}'`)
          .select("id,displayName")
          .get(),
      ]);
  }

  /** The same requests as `enable passkeys`: also the people in the policy's groups, and authentication strengths. */
  async asEnable(): Promise<Reads> {
    const [two, groups] = [this.two(), await this.#groups()];
    return (sender) =>
      together([
        two(sender),
        ...groups.map((group) => this.#members(group).get()),
        this.#client.api("/policies/authenticationStrengthPolicies").get(),
      ]);
  }

  async #groups(): Promise<readonly string[]> {
    const { includeTargets = [], excludeTargets = [] } = (await this.#client.api(POLICY).get()) as Targets;
    const ids = [...includeTargets, ...excludeTargets].map(({ id }) => id);
    return ids.filter((id) => id !== "all_users");
  }

  #roles(sender: string): Promise<unknown> {
    return this.#client
      .api(`/users/${sender}/transitiveMemberOf/microsoft.graph.directoryRole`)
      .headers(BY_INDEX)
      .query({ $select: "displayName,roleTemplateId", $count: "true" })
      .get();
  }

  #members(group: string) {
    const path = `/groups/${group}/transitiveMembers/microsoft.graph.user`;
    return this.#client.api(path).headers(BY_INDEX).query({ $select: "id", $count: "true" });
  }
}

interface Targets {
  readonly includeTargets?: readonly { readonly id: string }[];
  readonly excludeTargets?: readonly { readonly id: string }[];
}

async function together(reads: readonly Promise<unknown>[]): Promise<void> {
  await Promise.all(reads);
}
