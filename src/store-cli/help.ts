import { NUMBERS_SKIPPED } from "./numbers-skipped.js";

/** What the program can do. */
export const HELP = `Latchkey's store: the folder of DATA_DIR, or the PostgreSQL database of DATABASE_URL where that is set.

  npm run store -- backup [<file>]
      Writes all of it, as at one moment, to a new file, also while the bot runs. Needs to read only. The file is the same for
      both kinds of store, packed, and readable by its owner alone: it names people and who has which passkey, and holds
      no token. Says the head of the record: note it elsewhere. Without a name it is put into BACKUP_DIR, or here, with the
      time in its name.

  npm run store -- restore <file> [--skip <numbers>]
      Puts a backup into an empty folder or an empty database, of either kind, and makes it a new installation: numbers go on
      ${NUMBERS_SKIPPED} higher unless told otherwise (more than were given since the backup), cards of before decide nothing,
      and what was open is ended. Needs RECORD_KEY, where the bot has one.

  npm run store -- move
      Moves the folder of DATA_DIR to the empty database of DATABASE_URL, with the bot stopped. Record, numbers and cards go
      on there; what was stored is read again and compared. The folder stays as it is, and no bot starts on it any more.
      May be run again when it was stopped.

  npm run store -- forget <object id>
      Removes what is kept of a person, with the bot stopped: every scan that read them, their chat with the bot, links that
      were given to them. Plans and the record stay, and it says how many name them. It is recorded.

Exit codes: 0 done; 1 done, and something is not as its record has it; 2 wrong usage, or it could not be done.
`;
