/** A person as the channel knows them: who they are in Entra, and by which ids Teams addresses them. */
export interface ChannelPerson {
  /** Short name in addresses, e.g. `ada`. */
  readonly key: string;
  /** Object id in Entra. */
  readonly id: string;
  readonly name: string;
  readonly mail: string;
  /** Id of the person in Teams, e.g. `29:1ada`. */
  readonly teamsId: string;
  /** Id of the person's own chat with the bot. */
  readonly personalChat: string;
  /** The group chat that this person is in. */
  readonly groupChat: GroupChat;
  /** Object id of the group behind the team in this person's window. */
  readonly teamGroupId: string;
}

export interface GroupChat {
  readonly id: string;
  readonly name: string;
}

export interface PersonInEntra {
  readonly id: string;
  readonly name: string;
  readonly mail: string;
}

/** Gives a person of the tenant the ids that Teams would. */
export function channelPerson(
  key: string,
  { id, name, mail }: PersonInEntra,
  groupChat: GroupChat,
): ChannelPerson {
  return {
    key,
    id,
    name,
    mail,
    teamsId: `29:1${key}-${id.slice(0, 8)}`,
    personalChat: `a:1${key}-${id.slice(0, 8)}`,
    groupChat,
    // Any GUID that is no one else's will do.
    teamGroupId: `${id.slice(0, 24)}${id.slice(24).split("").reverse().join("")}`,
  };
}
