import { describe, expect, it } from "vitest";
import { scriptedAppGraphForEach } from "./scripted-app-graph.js";
import {
  AUDITS,
  allPages,
  entry,
  naming,
  page,
  person,
  QUESTIONS,
  SINCE,
  user,
} from "./scripted-audit-log.js";
import { refuses } from "./scripted-graph.js";

const on = scriptedAppGraphForEach();

const badRequest = () => refuses(400, "Request_BadRequest");
const logPaths = () => on.scripted.received.map(({ path }) => path).filter((path) => path.startsWith(AUDITS));
const asks = (filter: string) => `${AUDITS}?$filter=${filter} and activityDateTime ge ${SINCE}&$top=999`;

describe("changedAccounts, where the log takes no filter with 'or'", () => {
  it("puts one question after the other, each from that moment on", async () => {
    on.scripted.script(badRequest(), ...QUESTIONS.flatMap((_, n) => naming([entry(user(n))])));
    const people = (await allPages(on.graph)).flatMap((each) => each.people);
    expect(people).toEqual(QUESTIONS.map((_, n) => person(n)));
    expect(logPaths().slice(1)).toEqual(QUESTIONS.map(asks));
  });

  it("reads every page of a question before the next question", async () => {
    const at = (question: number, skip: number) =>
      `${on.scripted.url}${AUDITS}?$filter=${encodeURIComponent(
        `${QUESTIONS[question]} and activityDateTime ge ${SINCE}`,
      )}&$top=999&$skiptoken=${skip}`;
    on.scripted.script(
      badRequest(),
      ...naming([entry(user(1))], at(0, 2)),
      ...naming([entry(user(2))], at(0, 3)),
      ...naming([entry(user(3))]),
      page([]),
      ...naming([entry(user(4))], at(2, 2)),
      ...naming([entry(user(5))]),
      page([]),
      page([]),
      ...naming([entry(user(6))]),
      ...QUESTIONS.slice(6).map(() => page([])),
    );
    const pages = await allPages(on.graph);
    expect(pages.flatMap(({ people }) => people)).toEqual([1, 2, 3, 4, 5, 6].map(person));
    expect(logPaths()).toHaveLength(10 + QUESTIONS.slice(6).length);
  });

  it("understands Graph's own spelling of a question in a link: spaces as plus, names not encoded", async () => {
    const filter = `${QUESTIONS[0]} and activityDateTime ge ${SINCE}`.replaceAll(" ", "+");
    on.scripted.script(
      badRequest(),
      ...naming([entry(user(1))], `${on.scripted.url}${AUDITS}?$filter=${filter}&$top=999&$skiptoken=2`),
      ...QUESTIONS.flatMap((_, n) => naming([entry(user(2 + n))])),
    );
    const people = (await allPages(on.graph)).flatMap((each) => each.people);
    expect(people).toEqual([1, ...QUESTIONS.map((_, n) => 2 + n)].map(person));
  });

  it("puts the questions that follow also when a link does not repeat the one it belongs to", async () => {
    on.scripted.script(
      badRequest(),
      ...naming([entry(user(1))], `${on.scripted.url}${AUDITS}?$top=999&$skiptoken=opaque`),
      ...QUESTIONS.flatMap((_, n) => naming([entry(user(2 + n))])),
    );
    const people = (await allPages(on.graph)).flatMap((each) => each.people);
    expect(people).toEqual([1, ...QUESTIONS.map((_, n) => 2 + n)].map(person));
  });

  it("fails when one of the questions does: entries nobody asked for are not taken for none", async () => {
    on.scripted.script(badRequest(), ...naming([entry(user(1))]), badRequest());
    await expect(allPages(on.graph)).rejects.toMatchObject({ code: "graph-bad-request" });
  });
});
