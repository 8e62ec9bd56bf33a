import type { FaultWorld } from "./fault-world.js";

/** The head and the beginning of the claims of a token, as they are signed. */
export const TOKEN = /eyJ[\w-]{8,}\.[\w-]{8,}/g;

/** Tokens and secrets in what the bot wrote to its log, said in Teams, and answered. */
export function secretsIn(world: FaultWorld, answers: Iterable<string> = []): readonly string[] {
  const { bot, teams, tenant } = world;
  const said = teams.received.map(({ body }) => JSON.stringify(body) ?? "");
  return [
    ...found("the log", bot.output, tenant.clientSecret),
    ...found("the chats", said.join("\n"), tenant.clientSecret),
    ...found("the answers", [...answers].join("\n"), tenant.clientSecret),
  ];
}

function found(where: string, text: string, secret: string): readonly string[] {
  const tokens = [...text.matchAll(TOKEN)].map(([token]) => token.slice(0, 20));
  const secrets = text.includes(secret) ? ["the app's secret"] : [];
  return [...tokens, ...secrets].map((what) => `${what} in ${where}`);
}
