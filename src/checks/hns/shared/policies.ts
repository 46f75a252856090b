import type {HnsPolicy} from '../../../hns/model.ts';

/** Networks that an OutBoundNAT policy leaves under their own address. */
export function exceptionsIn({settings}: HnsPolicy): string[] {
  const value = settings['Exceptions'];
  const items: unknown[] = Array.isArray(value) ? value : [value];
  return items.filter(item => typeof item === 'string');
}

/** A setting that is a text, as a list of one; empty where it is none. */
export function textIn({settings}: HnsPolicy, name: string): string[] {
  const value = settings[name];
  return typeof value === 'string' ? [value] : [];
}

/** Policies of one type, with their places among all. */
export function ofType(
  policies: readonly HnsPolicy[],
  type: string,
): {policy: HnsPolicy; position: number}[] {
  return policies.flatMap((policy, position) => (policy.type === type ? [{policy, position}] : []));
}
