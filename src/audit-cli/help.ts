/** What the program can do; ends with the exit codes, which scripts rely on. */
export const HELP = `Latchkey's record, read from the store of DATA_DIR or DATABASE_URL. Nothing is ever written to it, and the bot may run.

  npm run audit -- verify [--head <sequence>:<hash>]... [--tenant <id>]
      Checks that no record was edited, removed, added in between or moved, that every plan is as its last record
      left it and as all of its records say, that every scan is as its record says, and that every write was what had
      been proposed and approved. A removed end shows by the counter in the store, and, where that was changed too, by
      a head that was noted earlier: from the log line audit-head, or from what "history" says in the chat. With
      RECORD_KEY, or RECORD_KEY_FILE, as the bot has it, each record's proof is checked as well.

  npm run audit -- verify --evidence <file>
      Checks a file of evidence by itself: that each record in it still has the hash it was sealed with.

  npm run --silent audit -- export [--from <sequence>] [--plan <number>] [--tenant <id>]
      Every record as one line of JSON on standard output, and nothing else.

  npm run --silent audit -- evidence <number> [--tenant <id>]
      Everything about one plan in one HTML page on standard output: the same file as in the chat.

Exit codes: 0 intact or done; 1 broken, truncated or damaged; 2 wrong usage, or the store cannot be read.
`;
