/** What people call all users. */
const EVERYONE =
  /^(?:all users|all|everyone|everybody|all people|all staff|all employees|(?:the )?(?:whole|entire) (?:company|organi[sz]ation)|(?:the )?rest|everyone else|everybody else|(?:the )?rest of (?:us|them|the company))$/i;

/** Whether a name is one for all users. */
export function meansEveryone(name: string): boolean {
  return EVERYONE.test(name.trim());
}
