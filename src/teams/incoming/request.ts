import type { Person } from "../../core/person.js";
import type { Place } from "./place.js";

/** A message a person wrote to the bot. */
export interface Request {
  readonly place: Place;
  readonly person: Person;
  /** The text as the person wrote it. */
  readonly text: string;
  /** In the person's own chat with the bot, or where the bot is mentioned: what is not, is talk among people. */
  readonly addressed: boolean;
  /** Names this message among all there are; undefined: Teams gave it no id. */
  readonly key?: string;
}
