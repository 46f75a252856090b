import type {Severity, Subject} from '../checks/define.ts';
import {visible} from './visible.ts';

const KINDS_IN_ES = /(?:s|x|ch)$/i;

/** `1 node`, `1,234 nodes`. */
export function count(n: number, noun: string): string {
  return `${thousands(n)} ${n === 1 ? noun : plural(noun)}`;
}

/** `1,234`: the digits grouped as in English, whatever the machine's language. */
export function thousands(n: number): string {
  return String(n).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** `node` to `nodes`, `Ingress` to `Ingresses`, `NetworkPolicy` to `NetworkPolicies`. */
export function plural(noun: string): string {
  if (KINDS_IN_ES.test(noun)) return `${noun}es`;
  if (/[^aeiou]y$/.test(noun)) return `${noun.slice(0, -1)}ies`;
  return `${noun}s`;
}

/** `a`, `a and b`, `a, b and c`. */
export function list(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

/** What people call an information in a count. */
export const NOUNS: Record<Severity, string> = {error: 'error', warning: 'warning', info: 'note'};

/** `namespace/name`, or the name alone where there is no namespace. */
export function nameOf({namespace, name}: Subject): string {
  return visible(namespace === undefined || namespace === '' ? name : `${namespace}/${name}`);
}

/** `Node win-1`, `3 Deployments`, `3 Deployments and 12 Pods`, `214 Nodes and others`: how many, of what kinds. */
export function countSubjects(subjects: readonly Subject[], total: number): string {
  const [first] = subjects;
  if (!first) return '';
  if (total === 1) return `${visible(first.kind)} ${nameOf(first)}`;
  const kinds = [...Map.groupBy(subjects, s => s.kind)];
  if (kinds.length === 1) return count(total, visible(first.kind));
  if (total > subjects.length) return `${thousands(total)} objects`;
  return list(kinds.map(([kind, alike]) => count(alike.length, visible(kind))));
}

/** `Node win-1`, `Pods shop/web-0, shop/web-1 and 12 more`: names as many as `names` allows. */
export function nameSubjects(subjects: readonly Subject[], total: number, names: number): string {
  const shown = subjects.slice(0, names);
  const kinds = [...Map.groupBy(shown, s => s.kind)];
  const parts = kinds.map(([kind, alike]) => {
    const noun = alike.length === 1 && total === 1 ? visible(kind) : plural(visible(kind));
    return `${alike.length === 1 && kinds.length > 1 ? visible(kind) : noun} ${alike.map(nameOf).join(', ')}`;
  });
  const more = total - shown.length;
  return more > 0 ? `${parts.join(', ')} and ${thousands(more)} more` : parts.join(', ');
}
