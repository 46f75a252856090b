import {nameKind} from '../names.ts';

/** What a key of a structured file says of its value. */
export interface KeyFacts {
  /** Its value names a pair: `name` beside `value`, `key` beside `value`. */
  readonly labels: boolean;
  /** Its value is what a pair names. */
  readonly isValue: boolean;
  /** Its value is the kind of a Kubernetes object. */
  readonly isKind: boolean;
  /** Below it stand the values of a Secret, if its object turns out to be one. */
  readonly holdsData: boolean;
  /** Its value is judged by where it stands. */
  readonly speaks: boolean;
}

/** `kubectl apply` keeps here what it was given, with every value that the object then had (CONTRACT §4.1). */
export const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** The value of a pair. */
export const PAIR_VALUE = /^(?:value|val|Value|#text)$/;

const LABEL = /^(?:name|key|Name|Key)$/;
const DATA = /^(?:data|stringData|binaryData)$/;

const KNOWN = new Map<string, KeyFacts>();
/** Keys that are remembered; a text may hold any number of different ones. */
const MAX_KNOWN = 5000;

/** Says what a key tells; most tell nothing, and all come again and again. */
export function factsOf(key: string): KeyFacts {
  const known = KNOWN.get(key);
  if (known) return known;
  const facts: KeyFacts = {
    labels: LABEL.test(key),
    isValue: key === 'value' || key === 'Value',
    isKind: key === 'kind',
    holdsData: DATA.test(key),
    speaks: key === LAST_APPLIED || nameKind(key) !== undefined || PAIR_VALUE.test(key),
  };
  if (KNOWN.size >= MAX_KNOWN) KNOWN.clear();
  KNOWN.set(key, facts);
  return facts;
}
