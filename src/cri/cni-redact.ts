import {REDACTED} from './arguments.ts';
import {isSecretPlace, redactShapes, redactValue} from './config/secret-values.ts';
import {parseJson} from './json.ts';

/** One pair of a name and a text in what is not quite JSON. */
const NAMED_TEXT = /"((?:\\.|[^"\\\n]){1,200})"(\s*:\s*)"((?:\\.|[^"\\\n])*)("?)/g;

/**
 * Blanks the secrets of a CNI configuration: tokens and keys of older Calico, of etcd, of IPAM services. Paths of kubeconfigs and
 * policies stay. What has no secret comes back to the letter, also what is no JSON: that it is none is what its check looks for.
 */
export function redactCniConfig(text: string): string {
  const parsed = parseJson(text);
  if (parsed === undefined) {
    const named = text.replace(
      NAMED_TEXT,
      (whole, name: string, between: string, _value: string, end: string) =>
        isSecretPlace([name]) ? `"${name}"${between}"${REDACTED}${end}` : whole,
    );
    return redactShapes(named);
  }
  const redacted = redact([], parsed);
  return isSame(redacted, parsed) ? text : `${JSON.stringify(redacted, null, 2)}\n`;
}

function redact(path: readonly string[], value: unknown): unknown {
  if (typeof value === 'string') return redactValue(path, value);
  if (Array.isArray(value)) return value.map(inner => redact(path, inner));
  if (typeof value !== 'object' || value === null) {
    return typeof value === 'number' && isSecretPlace(path) ? REDACTED : value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, redact([...path, key], inner)]),
  );
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
