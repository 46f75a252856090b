/** Factors of the suffixes that a quantity may carry; `m` and smaller divide. */
const SUFFIXES: ReadonlyMap<string, number> = new Map([
  ['n', 1e-9],
  ['u', 1e-6],
  ['m', 1e-3],
  ['', 1],
  ['k', 1e3],
  ['M', 1e6],
  ['G', 1e9],
  ['T', 1e12],
  ['P', 1e15],
  ['E', 1e18],
  ['Ki', 2 ** 10],
  ['Mi', 2 ** 20],
  ['Gi', 2 ** 30],
  ['Ti', 2 ** 40],
  ['Pi', 2 ** 50],
  ['Ei', 2 ** 60],
]);

/**
 * Reads a Kubernetes quantity (`500m`, `2Gi`, `1e3`) as a plain number: cores, bytes, pieces. `undefined` where it is
 * none (https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/).
 */
export function parseQuantity(text: string | number | undefined): number | undefined {
  if (typeof text === 'number') return text;
  const match = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:([eE][+-]?\d+)|([a-zA-Z]{0,2}))$/.exec(text ?? '');
  if (!match) return undefined;
  const [, digits = '', exponent, suffix = ''] = match;
  if (exponent !== undefined) return Number(digits + exponent);
  const factor = SUFFIXES.get(suffix);
  return factor === undefined ? undefined : Number(digits) * factor;
}

const STEPS = ['', 'Ki', 'Mi', 'Gi', 'Ti'] as const;

/** A number of bytes as people write it in manifests: `512Mi`, `1.5Gi`. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let step = 0;
  while (value >= 1024 && step < STEPS.length - 1) {
    value /= 1024;
    step++;
  }
  return `${Number(value.toFixed(1))}${STEPS[step] ?? ''}`;
}
