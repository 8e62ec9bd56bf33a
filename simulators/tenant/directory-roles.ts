/** Template ids of Entra's built-in roles: the same in every tenant. */
export const ROLE = {
  applicationAdministrator: "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3",
  authenticationAdministrator: "c4e39bd9-1100-46d3-8c65-fb160da0071f",
  authenticationPolicyAdministrator: "0526716b-113d-4c15-b2c8-68e3c22b9f80",
  cloudApplicationAdministrator: "158c047a-c907-4556-b7ef-446551a6b5f7",
  globalAdministrator: "62e90394-69f5-4237-9190-012177145e10",
  globalReader: "f2ef992c-3afb-46b9-b7cf-a126ee74c451",
  helpdeskAdministrator: "729827e3-9c14-49f7-bb1b-9608f156bbb8",
  privilegedAuthenticationAdministrator: "7be44c8a-adaf-4e2a-84d6-ab2649e08a13",
  reportsReader: "4a5d8f65-41da-4de4-8968-e035b65339cf",
  securityAdministrator: "194ae4cb-b126-40b2-bd5b-6091b380977d",
  securityOperator: "5f2222b1-57c3-48ba-8ad5-d4759f1fde6f",
  securityReader: "5d6b6bb7-de71-4623-b4af-96380a352509",
} as const;

const NAMES: Readonly<Record<string, string>> = {
  [ROLE.applicationAdministrator]: "Application Administrator",
  [ROLE.authenticationAdministrator]: "Authentication Administrator",
  [ROLE.authenticationPolicyAdministrator]: "Authentication Policy Administrator",
  [ROLE.cloudApplicationAdministrator]: "Cloud Application Administrator",
  [ROLE.globalAdministrator]: "Global Administrator",
  [ROLE.globalReader]: "Global Reader",
  [ROLE.helpdeskAdministrator]: "Helpdesk Administrator",
  [ROLE.privilegedAuthenticationAdministrator]: "Privileged Authentication Administrator",
  [ROLE.reportsReader]: "Reports Reader",
  [ROLE.securityAdministrator]: "Security Administrator",
  [ROLE.securityOperator]: "Security Operator",
  [ROLE.securityReader]: "Security Reader",
};

/** The built-in role's English name; the id itself for a role this table does not hold. */
export function roleName(templateId: string): string {
  return NAMES[templateId] ?? templateId;
}
