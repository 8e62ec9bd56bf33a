/** The same port, whose answers to the same question are kept: the tenant does not change while people are heard. */
export function remembered<Port extends object>(port: Port): Port {
  const kept = new Map<string, unknown>();
  return new Proxy(port, {
    get(target, name, receiver) {
      const member: unknown = Reflect.get(target, name, receiver);
      if (typeof member !== "function") return member;
      return (...given: readonly unknown[]) => {
        const key = JSON.stringify([name, given]);
        if (kept.has(key)) return kept.get(key);
        const answer: unknown = Reflect.apply(member, target, given);
        kept.set(key, answer);
        // An answer that did not come in time is asked for again.
        if (answer instanceof Promise) answer.catch(() => kept.delete(key));
        return answer;
      };
    },
  });
}
