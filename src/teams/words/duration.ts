import { counted } from "../../core/words/amounts.js";

/** A time to wait, as a person would say it: "less than a minute", "about 12 minutes", "about 2.5 hours". */
export function about(seconds: number): string {
  if (seconds < 60) return "less than a minute";
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 90) return `about ${counted(minutes, "minute")}`;
  return `about ${Math.round(minutes / 30) / 2} hours`;
}

/** How long ago: "just now", "12 minutes ago", "3 hours ago", "5 days ago". */
export function ago(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  if (minutes < 1) return "just now";
  if (minutes < 90) return `${counted(minutes, "minute")} ago`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${counted(hours, "hour")} ago` : `${counted(Math.round(hours / 24), "day")} ago`;
}
