import type {Severity, Subject} from '../checks/define.ts';
import {count, list, plural, thousands} from '../text/words.ts';
import {visible} from './visible.ts';

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
