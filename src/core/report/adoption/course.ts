import type { AdoptionSample } from "../../stores/adoption-store.js";
import type { Figures } from "./figures.js";

const DAY_MS = 24 * 60 * 60_000;
/** So far back a chart goes. */
const COURSE_DAYS = 90;
/** More points than a card has room for are thinned out. */
const POINTS_AT_MOST = 30;

/** How it was on one day. */
export interface Point {
  /** In UTC: "2026-11-22". */
  readonly day: string;
  readonly figures: Figures;
}

/** How adoption went, by our own samples: none of what was before Latchkey was there. */
export interface Course {
  /** Oldest first; the first and the last are always among them. */
  readonly points: readonly Point[];
  /** The newest sample that is at least so old; absent: there is none. */
  readonly weekAgo?: Point;
  readonly monthAgo?: Point;
}

/** In UTC, so that every process has the same day. */
export function dayOf(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}

export function firstDayOfCourse(now: Date): string {
  return dayOf(new Date(now.getTime() - COURSE_DAYS * DAY_MS));
}

/** @param of what of a sample is looked at; undefined: it says nothing of that */
export function courseOf(
  samples: readonly AdoptionSample[],
  today: string,
  of: (sample: AdoptionSample) => Figures | undefined,
): Course {
  const points = samples.flatMap((sample): readonly Point[] => {
    const figures = of(sample);
    return figures === undefined ? [] : [{ day: sample.day, figures }];
  });
  const [weekAgo, monthAgo] = [7, 30].map((days) =>
    points.findLast(({ day }) => daysBetween(day, today) >= days),
  );
  return {
    points: thinned(points),
    ...(weekAgo === undefined ? {} : { weekAgo }),
    ...(monthAgo === undefined ? {} : { monthAgo }),
  };
}

function daysBetween(earlier: string, later: string): number {
  return Math.round((Date.parse(later) - Date.parse(earlier)) / DAY_MS);
}

function thinned(points: readonly Point[]): readonly Point[] {
  if (points.length <= POINTS_AT_MOST) return points;
  const step = (points.length - 1) / (POINTS_AT_MOST - 1);
  return Array.from({ length: POINTS_AT_MOST }, (_, at) => points[Math.round(at * step)]).filter(
    (point) => point !== undefined,
  );
}
