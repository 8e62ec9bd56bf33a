import { expect, it } from "vitest";
import { readStrengths } from "../../src/graph/read-strengths.js";
import { scriptedAppGraphForEach } from "./scripted-app-graph.js";
import { refuses, says } from "./scripted-graph.js";

const PATH = "/v1.0/policies/authenticationStrengthPolicies";
const KEY = "2fc0579f-8113-47ea-b116-bb5a8db9202a";

const on = scriptedAppGraphForEach();

const strength = (more: object) => ({ id: "s1", displayName: "Keys", policyType: "custom", ...more });
const combination = {
  "@odata.type": "#microsoft.graph.fido2CombinationConfiguration",
  allowedAAGUIDs: [KEY.toUpperCase(), KEY],
};
const paths = () => on.scripted.received.map(({ path }) => path);

it("names custom strengths that list models, as they are in the list", async () => {
  const value = [
    { id: "0", displayName: "Built in", policyType: "builtIn", combinationConfigurations: [] },
    strength({ combinationConfigurations: [combination] }),
    strength({ id: "s2", displayName: null, combinationConfigurations: [combination] }),
    strength({ id: "s3", combinationConfigurations: [] }),
  ];
  on.scripted.script(says(200, { value }));
  expect(await readStrengths(on.graph)).toEqual([
    { name: "Keys", aaguids: [KEY] },
    { name: "s2", aaguids: [KEY] },
  ]);
  expect(paths()).toEqual([PATH]);
});

it("asks for the configurations of a custom strength that the list has without them, and of no built-in one", async () => {
  on.scripted.script(
    says(200, { value: [{ id: "0", policyType: "builtIn" }, strength({})] }),
    says(200, {
      value: [combination, null, { "@odata.type": "#microsoft.graph.x509", allowedIssuerSkis: [] }],
    }),
  );
  expect(await readStrengths(on.graph)).toEqual([{ name: "Keys", aaguids: [KEY] }]);
  expect(paths()).toEqual([PATH, `${PATH}/s1/combinationConfigurations`]);
});

it.each([
  ["is denied", refuses(403, "no")],
  ["is not there", refuses(404, "no")],
  ["is no list", says(200, { value: 7 })],
])("says that they could not be read where the answer %s", async (_, script) => {
  on.scripted.script(script);
  expect(await readStrengths(on.graph)).toBeUndefined();
});
