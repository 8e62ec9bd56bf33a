import { oneAtATime } from "../async/one-at-a-time.js";
import type { TenantId } from "../core/person.js";
import type { Announcer } from "../core/ports/announcer.js";
import type { Log, Ports, Rules } from "../core/ports.js";
import type { SignInPages } from "../core/sign-in/sign-in-page.js";
import type { ConversationStore, PostingStore } from "../core/stores.js";
import { ReadAhead } from "./answers/ahead/read-ahead.js";
import { signInPages } from "./answers/answer-sign-in.js";
import { knownNames } from "./answers/known-names.js";
import { receive } from "./answers/receive.js";
import { SilentSignIns } from "./answers/silent-sign-ins.js";
import { board } from "./board/board.js";
import { application } from "./http/application.js";
import { type ActivityHandler, activityHandler, type TurnLogic } from "./http/http-handler.js";
import { ssoCheck } from "./http/sso-token.js";
import { StrictTeamsAdapter } from "./http/strict-adapter.js";
import { background } from "./sending/background.js";
import { type ConnectorOptions, connector } from "./sending/connector.js";
import { messenger } from "./sending/messenger.js";

export interface TeamsOptions extends ConnectorOptions {
  readonly clientId: string;
  readonly tenantId: TenantId;
  readonly appIdUri: string;
  /** Where people reach this bot's own pages; https. */
  readonly publicUrl: string;
  readonly authorityHost: string;
  /** The Entra admin center of this cloud. */
  readonly adminCenterUrl: string;
  /** Where people see to their own sign-in methods. */
  readonly securityInfoUrl: string;
  /** Who issues Entra's version 1 tokens in this cloud. */
  readonly tokenIssuerV1: string;
  readonly botOpenIdMetadataUrl: string;
  readonly botTokenIssuer: string;
  readonly conversations: ConversationStore;
  readonly postings: PostingStore;
  readonly log: Log;
}

export interface TeamsBot {
  /** For the ports. What is announced before `serve` was called waits for it. */
  readonly announcer: Announcer;
  /** What it answers from then on. To be called once. */
  serve(ports: Ports, rules: Rules): Served;
  /** Resolves when commands are answered and cards are drawn; for stopping gracefully. */
  idle(): Promise<void>;
}

export interface Served {
  /** For `POST /api/messages`; the JSON body has to be parsed before. */
  readonly handleActivity: ActivityHandler;
  /** For `/sign-in`. */
  readonly signIn: SignInPages;
}

/** Latchkey in Teams: from an HTTP request to the core, and from a plan to its cards. */
export function teamsBot(given: TeamsOptions): TeamsBot {
  const options = {
    ...given,
    authorityHost: withoutSlash(given.authorityHost),
    publicUrl: withoutSlash(given.publicUrl),
  };
  const { conversations, postings, log } = options;
  const adapter = new StrictTeamsAdapter(options);
  const work = background(log);
  const teams = messenger(connector(options), pause, log);
  const announcer = board({
    messenger: teams,
    conversations,
    postings,
    background: work,
    log,
    pause,
    app: options,
  });
  return {
    announcer,
    serve(ports, rules) {
      announcer.connect(ports, rules);
      const context = {
        ports,
        rules,
        log,
        messenger: teams,
        announcer,
        background: work,
        ssoCheck: ssoCheck(options),
        names: knownNames(ports),
        silentSignIns: new SilentSignIns(ports.clock),
        readAhead: new ReadAhead(),
        comingAndGoing: oneAtATime(),
        app: options,
      };
      const deadlines = new WeakMap<object, number>();
      const app = application(adapter, (turn) =>
        receive(context, turn, deadlines.get(turn.activity) ?? performance.now()),
      );
      const logic: TurnLogic = async (turn, answerBy) => {
        deadlines.set(turn.activity, answerBy);
        await app.run(turn);
      };
      // Before a request waits for them; when it fails, the first request fetches them.
      adapter.fetchKeysAhead().catch((error: unknown) => log.warn("keys-not-fetched-ahead", { error }));
      return { handleActivity: activityHandler(adapter, logic, log), signIn: signInPages(context) };
    },
    idle: () => work.idle(),
  };
}

const withoutSlash = (url: string): string => url.replace(/\/+$/, "");

/** Between attempts to write to Teams, and between two drawings of a card. */
function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
