/** Where a card is drawn, as far as its names go: it names people there to all who read along, or counts them. */
export interface NamesView {
  readonly names: "shown" | "counted";
  /** It answers a question: there is no button that shows more, and nothing to decide. */
  readonly onlyAnswers?: true;
}
