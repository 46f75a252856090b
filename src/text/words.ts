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
