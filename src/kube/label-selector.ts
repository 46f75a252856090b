import type {SelectorRequirement} from './types.ts';

/**
 * Parses the text form of a label selector (`a=b,c!=d,e in (x,y),f notin (z),g,!h`,
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#api). Answers with a sentence where it is none.
 */
export function parseLabelSelector(text: string): SelectorRequirement[] | string {
  const requirements: SelectorRequirement[] = [];
  // Commas inside parentheses belong to a set.
  for (const part of text.split(/,(?![^(]*\))/)) {
    const term = part.trim();
    if (term === '') continue;
    const requirement = parseTerm(term);
    if (!requirement)
      return `"${term}" is no label selector: use key=value, key!=value, key in (a,b), key or !key`;
    requirements.push(requirement);
  }
  return requirements;
}

function parseTerm(term: string): SelectorRequirement | undefined {
  const set = /^([^\s!=,()]+)\s+(in|notin)\s+\(([^()]*)\)$/.exec(term);
  if (set) {
    const [, key = '', operator, values = ''] = set;
    return {key, operator: operator === 'in' ? 'In' : 'NotIn', values: values.split(',').map(v => v.trim())};
  }
  const pair = /^([^\s!=,()]+)\s*(==?|!=)\s*([^\s!=,()]*)$/.exec(term);
  if (pair) {
    const [, key = '', operator, value = ''] = pair;
    return {key, operator: operator === '!=' ? 'NotIn' : 'In', values: [value]};
  }
  const exists = /^(!?)\s*([^\s!=,()]+)$/.exec(term);
  if (!exists) return undefined;
  return {key: exists[2] ?? '', operator: exists[1] ? 'DoesNotExist' : 'Exists'};
}

/** Whether labels fulfil every requirement, as the API server evaluates them. */
export function matchesLabels(
  requirements: readonly SelectorRequirement[],
  labels: Record<string, string> | undefined,
): boolean {
  return requirements.every(({key, operator, values = []}) => {
    const has = labels !== undefined && Object.hasOwn(labels, key);
    const value = has ? labels[key] : undefined;
    switch (operator) {
      case 'In':
        return value !== undefined && values.includes(value);
      case 'NotIn':
        return value === undefined || !values.includes(value);
      case 'Exists':
        return has;
      case 'DoesNotExist':
        return !has;
      default:
        return false;
    }
  });
}
