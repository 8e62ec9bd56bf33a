import { beforeEach, describe, expect, it } from "vitest";
import { acceptDrift, type DriftClick } from "../../../src/core/drift/accept-drift.js";
import type { Drift } from "../../../src/core/drift/drift.js";
import { driftDigest } from "../../../src/core/drift/drift-digest.js";
import { refuse } from "../../../src/core/errors.js";
import { proposeChange } from "../../../src/core/plan/propose-change.js";
import { ADA, ROOM } from "../fake-world.js";
import { pressedDrift } from "../pressed-cards.js";
import { WatchStory } from "./watch-story.js";

/** What the buttons of a drift's card ask for. */
const BUTTONS: readonly (readonly [string, (story: WatchStory, click: DriftClick) => Promise<unknown>])[] = [
  ["Accept", ({ world, rules }, click) => acceptDrift(world.ports, rules, click, "as agreed")],
  [
    "Put back",
    ({ world, rules }, { driftNumber, revision, digest }) =>
      proposeChange(world.ports, rules, {
        command: { kind: "put-back", driftNumber, revision, digest },
        typed: "put back drift 1",
        requester: ADA,
        conversation: ROOM,
      }),
  ],
];

let story: WatchStory;
let drift: Drift;
beforeEach(async () => {
  story = new WatchStory();
  await story.world.scan();
  drift = await story.drift();
});

describe.each(BUTTONS)("%s", (_, press) => {
  it.each<[string, (other: WatchStory) => void, object]>([
    ["shows another change", () => {}, { isAttestationEnforced: false }],
    [
      "is of another installation",
      ({ world }) => {
        world.store.installation = "another";
      },
      {},
    ],
    ["is of another moment", ({ world }) => world.advance(1), {}],
  ])("on a card that %s does nothing", async (_name, change, members) => {
    const other = new WatchStory();
    change(other);
    await other.world.scan();
    const card = await other.drift({ isSelfServiceRegistrationAllowed: false, ...members });
    expect(card).toMatchObject({ number: drift.number, revision: drift.revision });
    await refusedAs(press, pressedDrift(card));
  });

  it.each([
    ["none", () => ""],
    [
      "one of the same drift with something else in it",
      () => `${driftDigest(drift).slice(0, 8)}${"0".repeat(16)}`,
    ],
  ])("with a digest that is %s does nothing", async (_name, digest) => {
    await refusedAs(press, { ...pressedDrift(drift), digest: digest() });
  });
});

async function refusedAs(press: (typeof BUTTONS)[number][1], click: DriftClick): Promise<void> {
  const events = story.world.store.events();
  expect(await press(story, click)).toEqual(refuse({ code: "other-drift", driftNumber: 1 }));
  expect(story.world.store.watch.drifts.get(1)).toEqual(drift);
  expect(story.world.store.events()).toEqual(events);
}

it("a drift keeps its digest when more becomes known of who wrote, and loses it with the next revision", () => {
  const writers = [{ name: "Katherine", at: drift.readAt }];
  expect(driftDigest({ ...drift, version: 5, writers })).toBe(driftDigest(drift));
  expect(driftDigest({ ...drift, revision: 2 })).not.toBe(driftDigest(drift));
});
