import type { AdoptionReport } from "../../../../../core/report/adoption/adoption-report.js";
import type { Point } from "../../../../../core/report/adoption/course.js";
import type { Figures } from "../../../../../core/report/adoption/figures.js";
import { number } from "../../../../../core/words/amounts.js";
import type { CardElement, LineChart } from "../../../parts/card.js";
import { subtle, table, text } from "../../../parts/card-parts.js";

/** How it went since last week and last month, for every client. */
export function courseLines({
  course,
  figures,
  readAt,
  group,
  policy,
}: AdoptionReport): readonly CardElement[] {
  const { weekAgo, monthAgo, points } = course;
  const [first] = points;
  const past = [
    ["a week ago", weekAgo],
    ["a month ago", monthAgo],
  ] as const;
  const rows = past.flatMap(([when, point]) =>
    point === undefined ? [] : [courseRow(when, point, figures)],
  );
  if (rows.length > 0) return [table(["Since", "Then", "Change"], rows)];
  if (first === undefined && group !== undefined && policy.include.every(({ id }) => id !== group.id)) {
    return [
      subtle("How it went is not known: Latchkey keeps numbers of the groups that the policy names.", {
        spacing: "small",
      }),
    ];
  }
  const since = first === undefined || first.day === readAt.slice(0, 10) ? "today" : first.day;
  return [
    subtle(`How it went since last week is not known yet: Latchkey has numbers of ${since} on.`, {
      spacing: "small",
    }),
  ];
}

function courseRow(when: string, { day, figures: then }: Point, now: Figures): readonly CardElement[] {
  const change = now.withPasskey - then.withPasskey;
  const of = then.people === undefined ? "" : ` of ${number(then.people)}`;
  const sign = change > 0 ? "+" : change < 0 ? "−" : "±";
  return [
    text(`${when} (${day})`),
    text(`${number(then.withPasskey)}${of}`),
    text(`${sign}${number(Math.abs(change))}`, {
      color: change > 0 ? "good" : change < 0 ? "attention" : "default",
    }),
  ];
}

/**
 * The same as a line, where Teams draws one: https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/charts-in-adaptive-cards
 * names no version of a client, so every other one leaves it out, and the table stands.
 */
export function courseChart({ course, figures, readAt }: AdoptionReport): readonly LineChart[] {
  const today = readAt.slice(0, 10);
  const points = [...course.points.filter(({ day }) => day !== today), { day: today, figures }];
  if (points.length < 2) return [];
  return [
    {
      type: "Chart.Line",
      title: "People with a passkey",
      showTitle: true,
      xAxisTitle: "Day",
      yAxisTitle: "People",
      data: [
        {
          legend: "With a passkey",
          values: points.map((point) => ({ x: point.day, y: point.figures.withPasskey })),
        },
      ],
      fallback: "drop",
    },
  ];
}
