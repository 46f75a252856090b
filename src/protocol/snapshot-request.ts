import {isRecord} from '../kube/shape.ts';
import type {NameList} from '../redact/pseudonyms/names.ts';
import {PSEUDONYM_KINDS} from '../redact/pseudonyms/kinds.ts';
import type {PseudonymKind} from '../redact/pseudonyms/kinds.ts';

/** Body of `POST /v1/snapshot`. */
export interface SnapshotRequest {
  /** Names of collectors; without it every one that the agent has. Names that it does not know are answered as missing. */
  readonly collectors?: readonly string[];
  /** Redaction rules of the user (`redact/rules/wire.ts`), applied on the node; an agent whose capabilities lack `redactionRules` refuses them. */
  readonly rules?: readonly string[];
  /** Key of the pseudonyms of one run, 64 hexadecimal digits, the same for all nodes. */
  readonly pseudonymKey?: string;
  /** What they are made of; of names and addresses where absent. */
  readonly pseudonyms?: readonly PseudonymKind[];
  /** Names to replace beside the node's own. */
  readonly names?: NameList;
}

const NAME = /^[a-z][a-z0-9.-]{0,63}$/;
const PSEUDONYM_KEY = /^[0-9a-f]{64}$/;
const MAX_NAMES = 200;
const MAX_RULES = 200;
const MAX_RULE_LENGTH = 4000;
/** A body has no room for more. */
const MAX_HOSTS_AND_OBJECTS = 50_000;
/** A name in DNS has no more characters (RFC 1035). */
const MAX_NAME = 253;
const FIELDS = new Set(['collectors', 'rules', 'pseudonymKey', 'pseudonyms', 'names']);

/** Reads a body strictly: the request, or in one sentence what is wrong with it. */
export function readSnapshotRequest(body: unknown): SnapshotRequest | string {
  if (!isRecord(body)) return 'the body is no JSON object';
  const unknown = Object.keys(body).find(k => !FIELDS.has(k));
  if (unknown !== undefined)
    return `the body has a field that this agent does not know: ${unknown.slice(0, 64)}`;
  const {collectors, rules, pseudonymKey, pseudonyms, names} = body;
  if (collectors !== undefined && !isListOf(collectors, MAX_NAMES, name => NAME.test(name)))
    return `collectors is no list of at most ${MAX_NAMES} names`;
  if (rules !== undefined && !isListOf(rules, MAX_RULES, rule => rule.length <= MAX_RULE_LENGTH))
    return `rules is no list of at most ${MAX_RULES} texts of ${MAX_RULE_LENGTH} characters`;
  if (pseudonymKey !== undefined && !(typeof pseudonymKey === 'string' && PSEUDONYM_KEY.test(pseudonymKey)))
    return 'pseudonymKey is not 64 hexadecimal digits';
  if (pseudonyms !== undefined && !isListOf(pseudonyms, PSEUDONYM_KINDS.length, isKind))
    return `pseudonyms is no list of ${PSEUDONYM_KINDS.join(', ')}`;
  if (names !== undefined && !isNames(names))
    return `names has no lists hosts and objects of at most ${MAX_HOSTS_AND_OBJECTS} names`;
  return {
    ...(collectors !== undefined && {collectors}),
    ...(rules !== undefined && {rules}),
    ...(pseudonymKey !== undefined && {pseudonymKey}),
    ...(pseudonyms !== undefined && {pseudonyms: PSEUDONYM_KINDS.filter(kind => pseudonyms.includes(kind))}),
    ...(names !== undefined && {names: {hosts: names.hosts, objects: names.objects}}),
  };
}

function isKind(text: string): boolean {
  return PSEUDONYM_KINDS.some(kind => kind === text);
}

function isName(name: string): boolean {
  return name.length <= MAX_NAME;
}

function isNames(value: unknown): value is NameList {
  return (
    isRecord(value) &&
    isListOf(value['hosts'], MAX_HOSTS_AND_OBJECTS, isName) &&
    isListOf(value['objects'], MAX_HOSTS_AND_OBJECTS, isName)
  );
}

function isListOf(value: unknown, most: number, fits: (item: string) => boolean): value is string[] {
  return (
    Array.isArray(value) &&
    value.length <= most &&
    value.every(item => typeof item === 'string' && fits(item))
  );
}
