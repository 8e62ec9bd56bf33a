import type { WireExchange } from "../../simulators/http/wire-exchange.js";
import { GRAPH_METADATA } from "../metadata/graph-metadata.js";
import { judgeExchange } from "../metadata/judge-exchange.js";

/** Properties that tests put into a tenant as if Graph had them one day. */
const OF_LATER_GRAPH = /^(later[A-Z]|somethingNew$)/;

/** What goes between the bot and Graph, judged by Microsoft's metadata as it goes. */
export class JudgedTraffic {
  readonly #verdicts = new Set<string>();

  add(exchange: WireExchange): void {
    const verdicts = judgeExchange(
      {
        metadata: GRAPH_METADATA,
        isOfLaterGraph: (name) => OF_LATER_GRAPH.test(name),
        onlyRequest: exchange.isSpoilt,
      },
      exchange,
    );
    for (const verdict of verdicts) this.#verdicts.add(verdict);
  }

  get verdicts(): readonly string[] {
    return [...this.#verdicts];
  }

  /** @throws Error naming each thing once */
  expectNothingWrong(): void {
    if (this.verdicts.length === 0) return;
    throw new Error(`by Graph's metadata this is wrong:\n${this.verdicts.join("\n")}`);
  }
}
