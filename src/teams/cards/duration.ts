import { counted } from "./card-text.js";

/** A time to wait, as a person would say it: "less than a minute", "about 12 minutes", "about 2.5 hours". */
export function about(seconds: number): string {
  if (seconds < 60) return "less than a minute";
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 90) return `about ${counted(minutes, "minute")}`;
  return `about ${Math.round(minutes / 30) / 2} hours`;
}
