import { unreachable } from "../../../core/errors.js";
import type { ModelNotice, NoticedModel } from "../../../core/news/model-notice.js";
import type { Model } from "../../../core/policy/model.js";
import { number, people } from "../../../core/words/amounts.js";
import { plain } from "../card-text.js";
import { statusWords } from "../names.js";

/** What the notice is about, for its title. Markdown. */
export function noticeTitle({ about, models }: Pick<ModelNotice, "about" | "models">): string {
  const [only] = models.length === 1 ? models : [];
  const many = `${number(models.length)} models`;
  switch (about) {
    case "new":
      return only === undefined ? `${many} are new here` : `New here: ${modelTitle(only.model)}`;
    case "status":
      return only === undefined
        ? `The FIDO Alliance warns of ${many} in use`
        : `${statusTitle(only)}: ${modelTitle(only.model)}`;
    case "unused":
      return only === undefined
        ? `${many} on the list have no user`
        : `On the list, and used by no person: ${modelTitle(only.model)}`;
    default:
      return unreachable(about);
  }
}

/** "YubiKey 5 Series with NFC, firmware 5.7". Markdown. */
export function modelTitle({ name, firmware }: Model): string {
  return `${plain(name)}${firmware === undefined ? "" : `, firmware ${plain(firmware)}`}`;
}

function statusTitle({ model, lost }: NoticedModel): string {
  const [first] = model.warnings;
  if (first === undefined) return `No longer ${lost ?? "certified"}`;
  const words = statusWords(first.status);
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}

/** What it means for people: the first line, and what it takes from them if it were removed. Markdown. */
export function noticeMeaning({ about, models }: Pick<ModelNotice, "about" | "models">): string {
  const users = models.reduce((sum, { use }) => sum + (use?.people ?? 0), 0);
  const it = models.length === 1 ? "it" : "them";
  switch (about) {
    case "new": {
      const out = models.filter(({ allowed }) => allowed === "no");
      const registered = `**${people(users)} registered ${it}.**`;
      if (out.length === 0) return `${registered} The policy lets passkeys of ${it} in.`;
      const which = out.length === models.length ? it : `${number(out.length)} of them`;
      return `${registered} The policy does not allow ${which}: nobody can sign in with such a passkey.`;
    }
    case "status":
      return `**${people(users)} ${users === 1 ? "has" : "have"} a passkey of ${it}**, and can go on using it until the policy says otherwise: the FIDO Alliance's word changes nothing by itself.`;
    case "unused":
      return `**Nobody loses sign-in if ${models.length === 1 ? "it goes" : "they go"}.** As long as ${models.length === 1 ? "it is" : "they are"} on the list, people may register ${it}.`;
    default:
      return unreachable(about);
  }
}
