/** What a browser shows of a sign-in: words without markup. */
export interface SignInPage {
  readonly title: string;
  readonly sentences: readonly string[];
  /** Goes on to Entra with this link. */
  readonly button?: { readonly label: string; readonly link: string };
  /** Nothing is left to do here: the window may close. */
  readonly isDone?: true;
}

/** The pages under `/sign-in`. */
export interface SignInPages {
  /** What a link is for. Changes nothing. */
  look(link: string): Promise<SignInPage>;
  /** The person goes on: to this address, with this to bring back. */
  setOut(link: string): Promise<SignInPage | SentToSignIn>;
  /** The browser is back from Entra. @param kept what it was given under a name when it set out */
  comeBack(query: URLSearchParams, kept: (name: string) => string | undefined): Promise<SignInPage>;
}

export interface SentToSignIn {
  readonly address: string;
  /** For this browser to keep, and to send here only. */
  readonly keep: { readonly name: string; readonly value: string; readonly seconds: number };
}
