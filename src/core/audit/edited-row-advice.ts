/** For the operator: what to do about a row of the database that was edited. */
export const EDITED_ROW_ADVICE =
  "Run `npm run audit -- verify`, find out who can write to the database, and put the row back from a backup (docs/operations.md, A row was edited).";
