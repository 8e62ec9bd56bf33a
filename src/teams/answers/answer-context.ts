import type { oneAtATime } from "../../async/one-at-a-time.js";
import type { Log, Ports, Rules } from "../../core/ports.js";
import type { Board } from "../board/board.js";
import type { SsoCheck } from "../http/sso-token.js";
import type { Background } from "../sending/background.js";
import type { Messenger } from "../sending/messenger.js";
import type { ReadAhead } from "./ahead/read-ahead.js";
import type { KnownNames } from "./known-names.js";
import type { SilentSignIns } from "./silent-sign-ins.js";

/** What it takes to answer people: the core, and Teams. */
export interface AnswerContext {
  readonly ports: Ports;
  readonly rules: Rules;
  readonly log: Log;
  readonly messenger: Messenger;
  readonly announcer: Board;
  readonly background: Background;
  readonly ssoCheck: SsoCheck;
  readonly names: KnownNames;
  readonly silentSignIns: SilentSignIns;
  readonly readAhead: ReadAhead;
  /** What is done about the bot coming to a conversation or leaving it, in the order in which Teams told of it. */
  readonly comingAndGoing: ReturnType<typeof oneAtATime>;
  readonly app: {
    readonly clientId: string;
    readonly tenantId: string;
    readonly authorityHost: string;
    readonly adminCenterUrl: string;
    readonly securityInfoUrl: string;
    readonly appIdUri: string;
    readonly publicUrl: string;
  };
}
