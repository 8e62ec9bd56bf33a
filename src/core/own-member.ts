/**
 * What a record has under a name that came from outside. What every object has, such as `constructor`, is not in it.
 */
export function ownMember<T>(record: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return record !== undefined && Object.hasOwn(record, name) ? record[name] : undefined;
}
