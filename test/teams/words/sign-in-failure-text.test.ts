import { expect, it } from "vitest";
import { personId, tenantId } from "../../../src/core/person.js";
import { readActivity } from "../../../src/teams/incoming/read-activity.js";
import { SIGN_IN_FAILURES, signInFailureText } from "../../../src/teams/words/sign-in-failure-text.js";

const TENANT = "bbbbbbbb-0000-4000-8000-000000000001";
const GRACE = "cccccccc-0000-4000-8000-000000000001";

const failure = (value: unknown) =>
  readActivity(
    {
      type: "invoke",
      name: "signin/failure",
      channelId: "msteams",
      serviceUrl: "https://smba.example",
      from: { id: "29:grace", name: "Grace", aadObjectId: GRACE },
      recipient: { id: "28:bot" },
      conversation: { id: "a:grace", tenantId: TENANT, conversationType: "personal" },
      channelData: { tenant: { id: TENANT } },
      value,
    },
    tenantId(TENANT),
  );

it.each(SIGN_IN_FAILURES)("%s is read, and says what happened", (code) => {
  expect(failure({ code, message: "x" })).toMatchObject({
    kind: "sign-in-failure",
    person: { id: personId(GRACE) },
    failure: code,
  });
  expect(signInFailureText(code)).toMatch(/^Teams could not sign you in by itself/);
});

it.each([[undefined], [null], [{}], [{ code: 7 }], [{ code: "brand-new" }], ["text"]])(
  "what is not known is still a failure: %o",
  (value) => {
    expect(failure(value)).toMatchObject({ kind: "sign-in-failure", failure: "other" });
  },
);
