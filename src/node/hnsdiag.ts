import type {HnsKind} from '../hns/readings.ts';
import {HNSDIAG_FILE, HNS_FILES} from '../hns/readings.ts';
import type {RawObject} from '../hns/values.ts';
import {objectsOfKind} from '../parse/hns/objects-of.ts';
import {readHnsText} from '../parse/hns/read-text.ts';
import type {HnsText} from '../parse/hns/text.ts';
import type {Missing} from '../snapshot/evidence.ts';
import {missing} from '../snapshot/evidence.ts';
import {cutOf} from './hns-answer.ts';
import type {HnsState} from './hns.ts';
import type {NodeText} from './text.ts';

/** What `hnsdiag list all` printed of one kind of objects. */
export interface HnsdiagTold {
  readonly raws: readonly RawObject[];
  readonly gap?: Missing;
}

/** Headings of its lists on an English Windows; in other languages only what is not empty is known. */
const HEADINGS: Readonly<Partial<Record<HnsKind, RegExp>>> = {
  networks: /^networks:$/i,
  endpoints: /^endpoints:$/i,
  namespaces: /^namespaces:$/i,
  loadbalancers: /^load ?balancers:$/i,
};

/** Five kinds of evidence are made of the one text, which is read once. */
const READ = new WeakMap<NodeText, HnsText>();

function textOf(file: NodeText): HnsText {
  const text = READ.get(file) ?? readHnsText(file.text);
  READ.set(file, text);
  return text;
}

/**
 * What hnsdiag printed of a kind: whole with `-d`, as JSON; without it, names and ids alone, and that is said. Undefined where it
 * does not speak of the kind.
 */
export function toldBy(file: NodeText, kind: HnsKind): HnsdiagTold | undefined {
  const text = textOf(file);
  const raws = objectsOfKind(text, kind);
  const isBrief = text.objects.some(object => object.kind === kind && object.brief);
  if (raws.length === 0 && !isListed(text, kind)) return undefined;
  const gap = file.partial ?? (isBrief ? BRIEF : cutOf(file, text));
  return {raws, ...(gap && {gap})};
}

function isListed({rest}: HnsText, kind: HnsKind): boolean {
  const heading = HEADINGS[kind];
  return heading !== undefined && rest.some(line => heading.test(line.text));
}

const BRIEF = missing(
  'unsupported',
  `${HNSDIAG_FILE} lists names and ids alone, and \`hnsdiag list all -d\` prints the rest`,
);

const KINDS = ['networks', 'endpoints', 'namespaces', 'loadbalancers'] as const;

/** Takes what hnsdiag printed into what is known of HNS: what it tells in full stands for v1's answer. */
export function takeHnsdiag(before: HnsState, file: NodeText): HnsState {
  const told = KINDS.flatMap(kind => {
    const found = toldBy(file, kind);
    const key = (HNS_FILES[kind].v1 ?? '').replace(/\.json$/, '');
    return found ? [{key, ...(found.gap && {gap: found.gap})}] : [];
  });
  return {...before, spare: [...before.spare, ...told]};
}
