/** Where a drift's card is drawn. */
export interface DriftView {
  /** Only approval rooms show people's names without being asked. */
  readonly names: "shown" | "counted";
}
