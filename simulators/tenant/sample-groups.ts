import { ROLE } from "./directory-roles.js";
import { SAMPLE_PEOPLE } from "./sample-people.js";
import { guidFor } from "./seeded-random.js";
import type { SimGroup, SimUser } from "./simulated-tenant.js";

const id = (name: string): string => guidFor(`group ${name}`);

/** Ids of the sample groups. Two groups share the name "Contractors". */
export const SAMPLE_GROUPS = {
  pilot: id("pilot"),
  /** Inside "Pilot". */
  pilotWave2: id("pilot wave 2"),
  helpdesk: id("helpdesk"),
  /** Role-assignable: its direct members are Security Readers. */
  securityTeam: id("security team"),
  contractorsNorth: id("contractors north"),
  contractorsSouth: id("contractors south"),
  /** Has an apostrophe in its name, which a filter has to double. */
  directorsOffice: id("directors office"),
  breakGlass: id("break glass"),
} as const;

/** The sample groups over these people. */
export function sampleGroups(crowd: readonly SimUser[]): SimGroup[] {
  const { ada, hedy, emmy, alan, emergency1, emergency2 } = SAMPLE_PEOPLE;
  const ids = (from: number, to: number) => crowd.slice(from, to).map((user) => user.id);
  const guests = crowd.filter((user) => user.userType === "guest").map((user) => user.id);
  const group = (key: keyof typeof SAMPLE_GROUPS, displayName: string, members: string[]): SimGroup => ({
    id: SAMPLE_GROUPS[key],
    displayName,
    members,
  });
  return [
    group("pilot", "Pilot", [...ids(0, 24), SAMPLE_GROUPS.pilotWave2]),
    group("pilotWave2", "Pilot wave 2", [...ids(24, 60), alan.id]),
    group("helpdesk", "Helpdesk", [emmy.id, ...ids(60, 68)]),
    { ...group("securityTeam", "Security Team", [ada.id, hedy.id]), roles: [ROLE.securityReader] },
    {
      ...group("contractorsNorth", "Contractors", [...ids(70, 80), ...guests.slice(0, 4)]),
      description: "Yard north, yearly contracts",
      createdDateTime: "2021-09-13T07:30:00Z",
    },
    {
      ...group("contractorsSouth", "Contractors", [...ids(80, 92), ...guests.slice(4)]),
      description: "Yard south",
      createdDateTime: "2024-04-22T09:15:00Z",
    },
    group("directorsOffice", "Directors' Office", ids(92, 97)),
    group("breakGlass", "Emergency access", [emergency1.id, emergency2.id]),
  ];
}
