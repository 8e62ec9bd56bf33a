import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import chromium from "@sparticuz/chromium";
import { type Browser, type Page, chromium as playwright } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { helpLines } from "../../src/core/command/help.js";
import type { AffectedPerson } from "../../src/core/impact/impact.js";
import { personId } from "../../src/core/person.js";
import type { Plan, PlanState } from "../../src/core/plan/plan.js";
import { parsePolicy } from "../../src/core/policy/parse-policy.js";
import type { Status } from "../../src/core/report/standing/status.js";
import type { AdaptiveCard } from "../../src/teams/cards/parts/card.js";
import { planCard } from "../../src/teams/cards/plan/plan-card.js";
import { planDetails } from "../../src/teams/cards/plan/plan-details.js";
import { guideCard, guidesCard } from "../../src/teams/cards/reports/guide-card.js";
import { helpBeginning, helpTopicCard } from "../../src/teams/cards/reports/help-topics-card.js";
import { offerCard } from "../../src/teams/cards/reports/offer-card.js";
import { statusCard } from "../../src/teams/cards/reports/standing/status-card.js";
import { welcomeCard } from "../../src/teams/cards/reports/welcome-card.js";
import { forAdministratorsText } from "../../src/teams/words/guide-words.js";
import { profilesPolicy, SYNCED_PROFILE } from "../core/policy/sample-policies.js";
import {
  APPROVAL,
  AT,
  allow,
  enablePlan,
  LOSING,
  narrowingPlan,
  OTHERS,
  policy,
  proposal,
  ROOM_VIEW,
  STATES,
  UNRESTRICTED,
  YUBIKEY_NEO,
} from "../teams/cards/plan/sample-plans.js";
import { found } from "../teams/cards/scan/sample-scans.js";
import { drawOn, THEMES } from "./card-page.js";

// With LATCHKEY_WRITE_CARD_PICTURES=<folder> every card is written there as a picture, for eyes.

const WIDTHS = [640, 328];
const PADDING = 16;
const HELPDESK = "5e6f7a8b-0000-4000-8000-000000000001";
const PILOT = "1a2b3c4d-0000-4000-8000-000000000002";
const GROUPS = {
  groupNames: { [HELPDESK]: "Helpdesk", [PILOT]: "Pilot" },
  groupFacts: { [HELPDESK]: { people: 36 }, [PILOT]: { people: 12 } },
};

const peopleOf = (id: string, count: number) =>
  [id, new Set(Array.from({ length: count }, (_, at) => personId(`${id}-${at}`)))] as const;
const HELPDESK_PEOPLE = peopleOf(HELPDESK, 36);
const PILOT_PEOPLE = peopleOf(PILOT, 12);

const target = (id: string, ...allowedPasskeyProfiles: string[]) => ({
  id,
  targetType: "group",
  isRegistrationRequired: false,
  allowedPasskeyProfiles,
});

function profilesPlan(): Plan {
  const [first] = profilesPolicy().passkeyProfiles as readonly { id: string }[];
  const standard = first?.id ?? "";
  const before = profilesPolicy({
    includeTargets: [target("all_users", standard), target(PILOT, SYNCED_PROFILE)],
  });
  const after = profilesPolicy({
    includeTargets: [target("all_users", standard), target(PILOT), target(HELPDESK, SYNCED_PROFILE)],
  });
  return enablePlan({
    command: "enable passkeys for Helpdesk in profile synced",
    proposal: proposal(before, after, GROUPS, new Map([HELPDESK_PEOPLE, PILOT_PEOPLE])),
  });
}

const weakeningPlan = (): Plan =>
  enablePlan({
    command: "enable passkeys unrestricted without attestation",
    proposal: proposal(policy({ isAttestationEnforced: true }), policy({ keyRestrictions: UNRESTRICTED })),
  });

function cuttingPlan(): Plan {
  const names = [
    "Ida Rhodes",
    "Jean Bartik",
    "Kathleen Booth",
    "Margaret Hamilton",
    "Niklaus Wirth",
    "Radia Perlman",
  ];
  const more: readonly AffectedPerson[] = [...names, "Sophie Wilson", "Tony Hoare", "Whitfield Diffie"].map(
    (name, at) => ({ id: personId(`m${at}`), name, isAdmin: at === 0, models: [YUBIKEY_NEO] }),
  );
  return narrowingPlan({}, { losing: [...LOSING, ...more] });
}

/** Runs in the page: words that go on in the next line. A hyphen is where a word may do that. */
const BROKEN_WORDS = `(() => {
  const texts = document.createTreeWalker(document.getElementById("card"), NodeFilter.SHOW_TEXT);
  const broken = [];
  while (texts.nextNode()) {
    for (const { 0: word, index } of texts.currentNode.data.matchAll(/[^\\s-]+/g)) {
      const range = document.createRange();
      range.setStart(texts.currentNode, index);
      range.setEnd(texts.currentNode, index + word.length);
      if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1) broken.push(word);
    }
  }
  return broken;
})()`;

const WELCOME = {
  role: "approver",
  setUp: { passkeys: "off", hasScan: false, hasApprovalRoom: false, hasEmergencyAccounts: true },
  approvalsRequired: 2,
} as const;

const STATUS: Status = {
  ...GROUPS,
  policy: parsePolicy(policy({ includeTargets: [target(PILOT)], excludeTargets: [target(HELPDESK)] })),
  modelNames: {},
  readAt: AT,
  waiting: [cuttingPlan()],
  lastChange: enablePlan({ state: STATES.applied as PlanState, approvals: [APPROVAL] }),
  scanned: {
    inventory: found({ unreadCount: 2 }),
    adoption: { of: "groups", people: 12, withPasskey: 7, deviceBound: 6, synced: 2, outside: 140 },
  },
  scanRunning: false,
};

const STORIES: readonly (readonly [string, () => AdaptiveCard])[] = [
  ["profiles", () => planCard(profilesPlan(), OTHERS)],
  ["weakens", () => planCard(weakeningPlan(), OTHERS)],
  ["cuts-off", () => planCard(cuttingPlan(), ROOM_VIEW)],
  [
    "decided",
    () => planCard(enablePlan({ state: STATES.applied as PlanState, approvals: [APPROVAL] }), OTHERS),
  ],
  ["rejected", () => planCard(narrowingPlan({ state: STATES.rejected as PlanState }), OTHERS)],
  ["first-enable", () => planCard(enablePlan(), OTHERS)],
  ["show-all", () => planDetails(cuttingPlan(), ROOM_VIEW)],
  ["guide", () => guideCard("ios", { kind: "allowed", attested: true, keys: { mode: "any" } })],
  [
    "guide-not-allowed",
    () => guideCard("security-key", { kind: "not-allowed", instead: ["ios", "windows"] }),
  ],
  ["guides", () => guidesCard()],
  [
    "employee",
    () =>
      offerCard(forAdministratorsText(true), [
        "guide ios",
        "guide android",
        "guide windows",
        "guide security key",
      ]),
  ],
  ["welcome", () => welcomeCard(WELCOME)],
  ["status", () => statusCard(STATUS, { toDecide: [], asked: STATUS.waiting })],
  ["help", () => helpBeginning({ group: "Helpdesk", model: "Security Key NFC by Yubico" }, true)],
  [
    "help-models",
    () =>
      helpTopicCard(
        "models",
        helpLines().filter(({ topic }) => topic === "models"),
        {},
      ),
  ],
  [
    "larger-than-its-card",
    () => {
      const settings = (value: string) =>
        Object.fromEntries(Array.from({ length: 31 }, (_, at) => [`setting${at}`, `${value}${at}`]));
      const blocked = policy({ ...settings("old"), keyRestrictions: allow([YUBIKEY_NEO]) });
      return planCard(enablePlan({ proposal: proposal(blocked, policy(settings("new"))) }), OTHERS);
    },
  ],
];

let browser: Browser;
let page: Page;
beforeAll(async () => {
  const executablePath = await chromium.executablePath();
  const args = [...chromium.args, "--no-sandbox"];
  browser = await playwright.launch({ executablePath, args, headless: true });
  page = await browser.newPage({ deviceScaleFactor: 2 });
});
afterAll(() => browser?.close());

describe.each(WIDTHS)("a card of %i pixels", (width) => {
  it.each(STORIES)(
    "is no wider than that, in light and in dark: %s",
    { timeout: 300_000 },
    async (name, draw) => {
      for (const theme of THEMES) {
        await drawOn(page, draw(), { width, theme });
        const widths = await page.evaluate(
          "[document.body.scrollWidth, document.getElementById('card').clientHeight]",
        );
        // A strip of buttons hides what does not fit, so the page is no wider for it.
        const ends = await page.evaluate(
          "[...document.querySelectorAll('button')].map((button) => button.getBoundingClientRect().right)",
        );
        expect(ends).toEqual(
          (ends as number[]).map(() => expect.toSatisfy((end: number) => end <= width - PADDING)),
        );
        expect(await page.evaluate(BROKEN_WORDS)).toEqual([]);
        expect(widths).toEqual([width, expect.toSatisfy((height: number) => height > 100)]);
        const folder = process.env.LATCHKEY_WRITE_CARD_PICTURES;
        if (folder !== undefined) {
          await mkdir(folder, { recursive: true });
          await page.screenshot({ path: join(folder, `${name}-${width}-${theme.name}.png`), fullPage: true });
        }
      }
    },
  );
});
