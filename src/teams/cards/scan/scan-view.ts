/** Where a scan's card is drawn. */
export interface ScanView {
  /** Only approval rooms and a person's own chat show people's names. */
  readonly names: "shown" | "counted";
}
