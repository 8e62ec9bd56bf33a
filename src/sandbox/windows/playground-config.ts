import type { JsonObject } from "../../core/json.js";
import type { ChannelPerson } from "./channel-people.js";

export interface PlaygroundConfigOptions {
  readonly tenantId: string;
  readonly botId: string;
  readonly botName: string;
  /** Whose window it is. */
  readonly person: ChannelPerson;
  /** The others of the group chat, {@link OTHERS}. */
  readonly others: readonly ChannelPerson[];
}

/** With fewer or more the Playground exits without a word on its output. */
export const OTHERS = 5;

/** Content of a window's `.m365agentsplayground.yml`. JSON is YAML: no library is needed to write it. */
export function playgroundConfig(options: PlaygroundConfigOptions): string {
  const { person, others } = options;
  if (others.length !== OTHERS)
    throw new Error(`the Playground wants ${OTHERS} other people, got ${others.length}`);
  return JSON.stringify(
    {
      version: "0.1.1",
      tenantId: options.tenantId,
      bot: { id: options.botId, name: options.botName },
      currentUser: account(person),
      users: others.map(account),
      personalChat: { id: person.personalChat },
      groupChat: person.groupChat,
      // Each window has a team of its own: channel messages are not shown in other windows (see conversation-log.ts).
      team: {
        id: `19:team-${person.key}@thread.tacv2`,
        name: `IT (${person.name})`,
        aadGroupId: person.teamGroupId,
        channels: [{ id: `19:passkeys-${person.key}@thread.tacv2`, name: "Passkeys" }],
      },
    },
    undefined,
    2,
  );
}

function account(person: ChannelPerson): JsonObject {
  const [givenName = "", ...surname] = person.name.split(" ");
  return {
    id: person.teamsId,
    name: person.name,
    // Spelled like this by the Playground.
    userPrincipleName: person.mail,
    aadObjectId: person.id,
    givenName,
    surname: surname.join(" ") || givenName,
    email: person.mail,
  };
}
