import { build } from "../../scripts/build.mjs";

/** Builds the bot once for all flow tests and tells them where it is. */
export default async function setup(): Promise<void> {
  process.env.LATCHKEY_TEST_BUILD = await build();
}
