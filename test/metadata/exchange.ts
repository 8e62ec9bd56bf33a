/** A request to Graph and its answer, as they went over the wire. Names of headers in lower case; no token. */
export interface Exchange {
  readonly method: string;
  /** With its query, encoded as sent; starts with the version. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Empty: there was none. */
  readonly body: string;
  readonly answer: Answer;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** How an exchange is called in a verdict, in readable spelling. */
export function nameOf({ method, target }: Pick<Exchange, "method" | "target">): string {
  return `${method} ${decodeURIComponent(target.replaceAll("+", " "))}`;
}
