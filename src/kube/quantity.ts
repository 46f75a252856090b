/** Decimal suffixes by their power of ten. */
const DECIMAL: ReadonlyMap<string, number> = new Map([
  ['n', -9],
  ['u', -6],
  ['m', -3],
  ['', 0],
  ['k', 3],
  ['M', 6],
  ['G', 9],
  ['T', 12],
  ['P', 15],
  ['E', 18],
]);
/** Binary suffixes by their power of 1,024. */
const BINARY = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

/**
 * Reads a Kubernetes quantity (`500m`, `2Gi`, `1e3`) as a plain number: cores, bytes, pieces. `undefined` where it is
 * none (https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/).
 */
export function parseQuantity(text: string | number | undefined): number | undefined {
  if (typeof text === 'number') return text;
  const match = /^([+-]?(?:\d+(?:\.\d*)?|\.\d+))(?:([eE][+-]?\d+)|([a-zA-Z]{0,2}))$/.exec(text ?? '');
  if (!match) return undefined;
  const [, digits = '', exponent, suffix = ''] = match;
  if (exponent !== undefined) return Number(digits + exponent);
  const power = DECIMAL.get(suffix);
  // Written out, so that no rounding of a factor comes in.
  if (power !== undefined) return Number(`${digits}e${power}`);
  const binary = BINARY.indexOf(suffix);
  return binary < 0 ? undefined : Number(digits) * 1024 ** binary;
}

/** A number of bytes as people write it in manifests: `512Mi`, `1.5Gi`. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let step = 0;
  while (value >= 1024 && step < BINARY.length - 1) {
    value /= 1024;
    step++;
  }
  return `${Number(value.toFixed(1))}${BINARY[step] ?? ''}`;
}
