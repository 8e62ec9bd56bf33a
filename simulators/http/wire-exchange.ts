/** A request and its answer, as they went over the wire. Names of headers in lower case; no token. */
export interface WireExchange {
  readonly method: string;
  /** With its query, encoded as sent. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Empty: there was none. */
  readonly body: string;
  readonly answer: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
  };
  /** A fault struck meanwhile, so that the answer may be none of Graph's. */
  readonly isSpoilt: boolean;
}

/** What a spectator of the wire sees of headers: all but the token. */
export function withoutToken(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const { authorization: _, ...rest } = headers;
  return rest;
}
