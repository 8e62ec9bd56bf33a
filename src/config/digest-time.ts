import type { EnvReader } from "./env-reader.js";

const DAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
const BY_DEFAULT = { weekday: 1, minute: 7 * 60 };
const EXPECTED = "a day and a time in UTC, such as Monday 07:00, or nothing at all for no digest";

/** When the week is told: a day of the week (0: Sunday) and the minute of that day, in UTC. undefined: never. */
export function readDigestTime(reader: EnvReader) {
  const given = reader.textOrEmpty("DIGEST_AT");
  if (given === undefined) return BY_DEFAULT;
  if (given === "") return undefined;
  const [, day = "", hours = "", minutes = ""] = /^([a-z]+)\s+(\d{1,2}):(\d{2})$/i.exec(given) ?? [];
  const weekday = DAYS.indexOf(day.toLowerCase());
  if (weekday === -1 || Number(hours) > 23 || Number(minutes) > 59) {
    reader.wrong("DIGEST_AT", given, EXPECTED);
    return BY_DEFAULT;
  }
  return { weekday, minute: Number(hours) * 60 + Number(minutes) };
}
