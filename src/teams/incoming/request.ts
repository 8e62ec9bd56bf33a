import type { Person } from "../../core/person.js";
import type { Place } from "./place.js";

/** A message a person wrote to the bot. */
export interface Request {
  readonly place: Place;
  readonly person: Person;
  /** The text as the person wrote it. */
  readonly text: string;
}
