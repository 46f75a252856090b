import {isRecord} from '../kube/shape.ts';

/** Body of `POST /v1/snapshot`. */
export interface SnapshotRequest {
  /** Names of collectors; without it every one that the agent has. Names that it does not know are answered as missing. */
  readonly collectors?: readonly string[];
  /** Redaction rules of the user (`redact/rules/wire.ts`), applied on the node; an agent whose capabilities lack `redactionRules` refuses them. */
  readonly rules?: readonly string[];
  /** Key of the pseudonyms of one run, 64 hexadecimal digits, the same for all nodes. */
  readonly pseudonymKey?: string;
}

const NAME = /^[a-z][a-z0-9.-]{0,63}$/;
const PSEUDONYM_KEY = /^[0-9a-f]{64}$/;
const MAX_NAMES = 200;
const MAX_RULES = 200;
const MAX_RULE_LENGTH = 4000;

/** Reads a body strictly: the request, or in one sentence what is wrong with it. */
export function readSnapshotRequest(body: unknown): SnapshotRequest | string {
  if (!isRecord(body)) return 'the body is no JSON object';
  const unknown = Object.keys(body).find(k => !['collectors', 'rules', 'pseudonymKey'].includes(k));
  if (unknown !== undefined)
    return `the body has a field that this agent does not know: ${unknown.slice(0, 64)}`;
  const {collectors, rules, pseudonymKey} = body;
  if (collectors !== undefined && !isListOf(collectors, MAX_NAMES, name => NAME.test(name)))
    return `collectors is no list of at most ${MAX_NAMES} names`;
  if (rules !== undefined && !isListOf(rules, MAX_RULES, rule => rule.length <= MAX_RULE_LENGTH))
    return `rules is no list of at most ${MAX_RULES} texts of ${MAX_RULE_LENGTH} characters`;
  if (pseudonymKey !== undefined && !(typeof pseudonymKey === 'string' && PSEUDONYM_KEY.test(pseudonymKey)))
    return 'pseudonymKey is not 64 hexadecimal digits';
  return {
    ...(collectors !== undefined && {collectors}),
    ...(rules !== undefined && {rules}),
    ...(pseudonymKey !== undefined && {pseudonymKey}),
  };
}

function isListOf(value: unknown, most: number, fits: (item: string) => boolean): value is string[] {
  return (
    Array.isArray(value) &&
    value.length <= most &&
    value.every(item => typeof item === 'string' && fits(item))
  );
}
