import type { Aaguid } from "../core/policy/policy.js";

/**
 * By Yubico's list of AAGUIDs: models of one name differ by the firmware they were made with, which is never updated.
 * The firmwares of one AAGUID stand together.
 */
const FIRMWARE: ReadonlyMap<string, string> = new Map([
  ["cb69481e-8ff7-4039-93ec-0a2729a154a8", "5.1"],
  ["ee882879-721c-4913-9775-3dfcce97072a", "5.2 and 5.4"],
  ["19083c3d-8383-4b18-bc03-8f1c9ab2fd1b", "5.7"],
  ["fa2b99dc-9e39-4257-8f92-4a30d23c4118", "5.1"],
  ["2fc0579f-8113-47ea-b116-bb5a8db9202a", "5.2 and 5.4"],
  ["a25342c0-3cdc-4414-8e46-f4807fca511c", "5.7"],
  ["c5ef55ff-ad9a-4b9f-b580-adebafe026d0", "5.2 and 5.4"],
  ["a02167b9-ae71-4ac7-9a07-06432ebb6f1c", "5.7"],
  ["73bb0cd4-e502-49b8-9c6f-b59445bf720b", "5.4"],
  ["c1f9a0bc-1dd2-404a-b27f-8e29047a43fd", "5.4"],
]);

/** The firmware of a model: "5.2 and 5.4". undefined: not known, or of no use to tell it from another. */
export function firmwareOf(aaguid: Aaguid): string | undefined {
  return FIRMWARE.get(aaguid);
}
