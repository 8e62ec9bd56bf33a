import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { correlated, correlation } from "../../src/async/correlation.js";

it("what goes on after the work has returned still belongs to it", async () => {
  let later: Promise<unknown> | undefined;
  correlated({ id: "one", askedBy: "ada" }, () => {
    later = sleep(1).then(correlation);
  });
  expect(await later).toEqual({ id: "one", askedBy: "ada" });
});

it("works under way at the same time are kept apart", async () => {
  const work = async () => {
    await sleep(1);
    return correlation()?.id;
  };
  const all = ["one", "two", "three"].map((id) => correlated({ id }, work));
  expect(await Promise.all(all)).toEqual(["one", "two", "three"]);
});

it("nothing belongs to anything outside of a work", () => {
  expect(correlation()).toBeUndefined();
});
