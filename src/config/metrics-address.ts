import type { EnvReader } from "./env-reader.js";

/** Where `/metrics` alone is answered. */
export interface MetricsAddress {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
}

/** The address of their own that the metrics have; undefined: they stand beside everything else. */
export function readMetricsAddress(
  reader: EnvReader,
  { host, port }: MetricsAddress,
): MetricsAddress | undefined {
  const ownHost = reader.text("METRICS_HOST");
  if (reader.text("METRICS_PORT") === undefined) {
    if (ownHost !== undefined) {
      reader.problems.push("METRICS_HOST is set and METRICS_PORT is not: expected both, or only the port.");
    }
    return undefined;
  }
  const ownPort = reader.integer("METRICS_PORT", { byDefault: 0, min: 0, max: 65_535 });
  if (ownPort !== 0 && ownPort === port) {
    reader.wrong("METRICS_PORT", String(ownPort), "another port than PORT");
  }
  return { host: ownHost ?? host, port: ownPort };
}
