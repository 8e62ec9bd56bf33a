/** The same port, whose answers to the same question are kept: the tenant does not change while people are heard. */
export function remembered<Port extends object>(port: Port): Port {
  const kept = new Map<string, unknown>();
  return new Proxy(port, {
    get(target, name, receiver) {
      const member: unknown = Reflect.get(target, name, receiver);
      if (typeof member !== "function") return member;
      return (...given: readonly unknown[]) => {
        const key = JSON.stringify([name, given]);
        if (!kept.has(key)) kept.set(key, Reflect.apply(member, target, given));
        return kept.get(key);
      };
    },
  });
}
