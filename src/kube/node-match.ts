import type {Node, NodeSelectorTerm, PodSpec, SelectorRequirement} from './types.ts';

/** What selectors look at in a node. */
export type NodeIdentity = Pick<Node['metadata'], 'name' | 'labels'>;

/** Whether a node carries every label of a node selector. */
export function matchesNodeSelector(
  selector: Record<string, string> | undefined,
  node: NodeIdentity,
): boolean {
  return Object.entries(selector ?? {}).every(([key, value]) => labelOf(node, key) === value);
}

/**
 * Whether a node meets the required node affinity of a pod: any of its terms. No affinity matches every node, while
 * an affinity without terms, and a term without requirements, match none, as in the scheduler
 * (`component-helpers/scheduling/corev1/nodeaffinity`).
 */
export function matchesRequiredAffinity(spec: PodSpec, node: NodeIdentity): boolean {
  const required = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  return !required || (required.nodeSelectorTerms ?? []).some(term => matchesTerm(term, node));
}

/** Whether a node meets one term: all of its expressions on labels, and all on fields. */
export function matchesTerm(term: NodeSelectorTerm, node: NodeIdentity): boolean {
  const {matchExpressions = [], matchFields = []} = term;
  if (matchExpressions.length + matchFields.length === 0) return false;
  return (
    matchExpressions.every(r => matchesExpression(r, labelOf(node, r.key))) &&
    matchFields.every(r => matchesField(r, node))
  );
}

function matchesExpression({operator, values = []}: SelectorRequirement, label: string | undefined): boolean {
  switch (operator) {
    case 'In':
      return label !== undefined && values.includes(label);
    case 'NotIn':
      return values.length > 0 && (label === undefined || !values.includes(label));
    case 'Exists':
      return label !== undefined;
    case 'DoesNotExist':
      return label === undefined;
    case 'Gt':
    case 'Lt':
      return compares(operator, label, values);
    default:
      return false;
  }
}

/** Only `metadata.name` is a field, and only `In` and `NotIn` with one value are legal. */
function matchesField({key, operator, values = []}: SelectorRequirement, node: NodeIdentity): boolean {
  if (key !== 'metadata.name' || values.length !== 1) return false;
  if (operator === 'In') return values[0] === node.name;
  return operator === 'NotIn' && values[0] !== node.name;
}

function compares(operator: 'Gt' | 'Lt', label: string | undefined, values: string[]): boolean {
  const [bound, ...more] = values.map(wholeNumber);
  const found = wholeNumber(label);
  if (bound === undefined || found === undefined || more.length > 0) return false;
  return operator === 'Gt' ? found > bound : found < bound;
}

/** A decimal 64-bit integer; anything else compares with nothing. */
export function wholeNumber(text: string | undefined): bigint | undefined {
  return text !== undefined && /^[+-]?\d{1,19}$/.test(text) ? BigInt(text.replace(/^\+/, '')) : undefined;
}

function labelOf(node: NodeIdentity, key: string): string | undefined {
  return node.labels && Object.hasOwn(node.labels, key) ? node.labels[key] : undefined;
}
