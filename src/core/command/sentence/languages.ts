import type { Word } from "../words.js";

/** What is meant, and the words for it in the languages that are known: German, French, Spanish, Portuguese, Italian, Dutch. */
const WORDS = {
  enable:
    "aktivieren aktiviere aktiviert einschalten einführen freischalten activer activez activar activa habilitar habilita ativar ative abilita abilitare attiva attivare inschakelen aanzetten activeren aan freigeschaltet aktivierst activons ativem",
  disable:
    "deaktivieren deaktiviere ausschalten abschalten désactiver désactivez desactivar desactiva deshabilitar desativar desative desabilitar disabilita disabilitare disattiva disattivare uitschakelen uitzetten deactiveren uit abschaffen sperren",
  show: "anzeigen zeige zeig zeigen afficher affiche affichez montrer montre mostrar muestra mostre mostra mostrare visualizza toon tonen weergeven",
  policy: "richtlinie richtlinien politique stratégie política directiva politica criteri criterio beleid",
  help: "hilfe hilf aide aidez ayuda ayúdame ajuda aiuto hulp",
  used: "benutzt verwendet genutzt utilisées utilisés usadas usados utilizadas usate utilizzate gebruikt einsatz gebrauch nutzen benutzen verwenden usan usamos uso utilisent utilizan utilizamos usano usiamo gebruiken gebruik",
  keys: "schlüssel sicherheitsschlüssel clés clé claves llaves llave chaves chiavi sleutels",
  passkeys:
    "passkey passkeys passkeys. hauptschlüssel passwortlos wachtwoordsleutels toegangssleutels wachtwoordsleutel",
  all: "alle allen jeder jeden tous toutes todos tutti iedereen monde",
  group: "gruppe groupe grupo gruppo groep",
  not: "nicht kein keine keinesfalls pas jamais não nunca non niet geen keinen keiner keinem keins aucun aucune ninguna ninguno nessuna nessuno nenhuma nenhum",
  pending:
    "ausstehend ausstehende wartend attente pendiente pendientes pendentes sospeso wachtend offen offene offenes warten wartet abierto abiertas aperto aperte aberto openstaand openstaande attesa espera",
  who: "wer qui quién quien quem chi",
  approve:
    "genehmigen genehmigt freigeben freigegeben zustimmen zugestimmt approuver approuvé aprobar aprobó aprobado aprovar aprovou aprovado approvare approvato goedkeuren goedgekeurd",
  many: "viele combien cuántos cuantos cuántas cuantas quantos quantas quanti quante hoeveel",
  changed:
    "geändert verändert umgestellt changé modifié cambió cambiado modificó mudou alterou alterado cambiato modificato gewijzigd veranderd",
  news: "neues nouveau nouveautés novedades novidades novità nieuws",
  status: "état estado stato übersicht aperçu resumen resumo riepilogo overzicht überblick",
} as const;
type Meaning = keyof typeof WORDS;

/** Japanese puts no blanks between words. */
const JAPANESE: readonly (readonly [part: string, meaning: Meaning])[] = [
  ["無効", "disable"],
  ["オフ", "disable"],
  ["オン", "enable"],
  ["誰", "who"],
  ["状況", "status"],
  ["待ち", "pending"],
  ["保留", "pending"],
  ["承認", "approve"],
  ["有効", "enable"],
  ["パスキー", "passkeys"],
  ["ポリシー", "policy"],
  ["表示", "show"],
  ["ヘルプ", "help"],
  ["助け", "help"],
  ["使用", "used"],
  ["使われ", "used"],
  ["キー", "keys"],
  ["何人", "many"],
  ["変更", "changed"],
  ["全員", "all"],
  ["しない", "not"],
  ["ないで", "not"],
];
/** English as well: they count among other words of another language. */
const ALSO_ENGLISH: ReadonlyMap<string, Meaning> = new Map([
  ["active", "enable"],
  ["stand", "status"],
  ["open", "pending"],
]);
/** Names of passkeys that are made of several words. */
const NAMES = [
  "clé d'accès",
  "clave de paso",
  "clave de acceso",
  "llave de acceso",
  "chave de acesso",
  "clés d'accès",
  "claves de paso",
  "claves de acceso",
  "llaves de acceso",
  "chaves de acesso",
];
const MEANINGS: ReadonlyMap<string, Meaning> = new Map(
  (Object.keys(WORDS) as Meaning[]).flatMap((meaning) =>
    WORDS[meaning].split(" ").map((word) => [word, meaning] as const),
  ),
);
const NOT_SPANISH_OR_ITALIAN: ReadonlySet<string> = new Set(["no"]);
const READ_AT_MOST_WORDS = 40;

/**
 * The commands that a text in another language comes closest to; none when it says that something is not to be done.
 * undefined: it is in no language that is known here.
 */
export function fromLanguage(words: readonly Word[]): readonly string[] | undefined {
  const said = words.slice(0, READ_AT_MOST_WORDS);
  const text = said.map(({ lower }) => lower).join(" ");
  const tokens = said.map(({ lower }) => lower.replace(/[^\p{L}\p{N}']+/gu, ""));
  const found = new Set<Meaning>(tokens.flatMap((token) => MEANINGS.get(token) ?? []));
  for (const [part, meaning] of JAPANESE) if (text.includes(part)) found.add(meaning);
  if (NAMES.some((name) => text.includes(name))) found.add("passkeys");
  // "passkeys" alone is English as well.
  const foreign = [...found].filter((meaning) => meaning !== "passkeys" || /[^\x20-\x7e]/u.test(text));
  if (foreign.length === 0) return undefined;
  for (const token of tokens) {
    const meaning = ALSO_ENGLISH.get(token);
    if (meaning !== undefined) found.add(meaning);
  }
  const isNegated = found.has("not") || tokens.some((token) => NOT_SPANISH_OR_ITALIAN.has(token));
  if (isNegated) return found.has("who") && found.has("passkeys") ? ["who has no passkey"] : [];
  const offers = offersFor(found, said);
  return offers.length === 0 ? undefined : offers;
}

function offersFor(found: ReadonlySet<Meaning>, words: readonly Word[]): readonly string[] {
  const looked = lookedFor(found, words);
  if (looked !== undefined) return [looked];
  if (found.has("disable")) return ["disable passkeys"];
  const group = groupIn(words);
  if (found.has("enable") || (found.has("passkeys") && (found.has("all") || group !== undefined))) {
    if (group !== undefined) return [`enable passkeys for group ${group}`];
    return [found.has("all") ? "enable passkeys for all users" : "enable passkeys"];
  }
  if (found.has("policy")) return ["show policy"];
  if (found.has("used") && (found.has("keys") || found.has("passkeys"))) return ["keys in use"];
  if (found.has("pending")) return ["pending"];
  if (found.has("status")) return ["status"];
  return found.has("help") ? ["help"] : [];
}

/** What a question asks to see; of a change that is asked for as well, nothing. */
function lookedFor(found: ReadonlySet<Meaning>, words: readonly Word[]): string | undefined {
  if (found.has("enable") || found.has("disable")) return undefined;
  const number = planNumberIn(words);
  if (found.has("who") && found.has("approve")) {
    return number === undefined ? "who can approve" : `who approved ${number}`;
  }
  if (number !== undefined && found.has("approve")) return `approve ${number}`;
  if (number !== undefined) return found.has("show") ? `show ${number}` : undefined;
  if (found.has("changed") || found.has("news")) return "what changed";
  return found.has("many") && found.has("passkeys") ? "status" : undefined;
}

const PLAN: ReadonlySet<string> = new Set(["plan", "plano", "piano", "plans"]);

/** The number behind the word for a plan. */
function planNumberIn(words: readonly Word[]): string | undefined {
  const at = words.findIndex(({ lower, quoted }) => !quoted && PLAN.has(lower));
  return at === -1 ? undefined : /^#?([1-9]\d{0,8})[?.!]?$/.exec(words[at + 1]?.lower ?? "")?.[1];
}

/** What stands behind the word for a group. */
function groupIn(words: readonly Word[]): string | undefined {
  const at = words.findIndex(({ lower }) => MEANINGS.get(lower) === "group");
  const name = at === -1 ? undefined : words[at + 1];
  return name === undefined || MEANINGS.has(name.lower) ? undefined : name.text;
}
