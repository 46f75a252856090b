import type {Placed} from '../hns/join-generations.ts';
import {joinGenerations, readGeneration} from '../hns/join-generations.ts';
import type {HnsGeneration} from '../hns/model.ts';
import type {HnsKind, HnsKinds} from '../hns/readings.ts';
import {HNSDIAG_FILE, HNS_FILES, HNS_READINGS} from '../hns/readings.ts';
import type {Evidence, Missing} from '../snapshot/evidence.ts';
import {collected, missing} from '../snapshot/evidence.ts';
import type {HnsState} from './hns.ts';
import {answerOf} from './hns-answer.ts';
import {toldBy} from './hnsdiag.ts';
import type {NodeText} from './text.ts';

/** Objects of HNS on a node while its answers come in, and how much of each generation's answer came. */
export interface HnsAnswers<T> {
  readonly objects: readonly T[];
  readonly taken: readonly HnsGeneration[];
  readonly whole: readonly HnsGeneration[];
  readonly gaps: {readonly [G in HnsGeneration]?: Missing};
  /** What hnsdiag told, for where neither generation's answer came. */
  readonly spare?: Evidence<readonly T[]>;
}

const NO_ANSWERS: HnsAnswers<never> = {objects: [], taken: [], whole: [], gaps: {}};

/**
 * Takes a file of one kind of objects in: whichever comes second is joined to the first. Undefined while none has spoken of the
 * kind.
 */
export function takeObjects<K extends HnsKind>(
  kind: K,
  known: HnsAnswers<HnsKinds[K]> | undefined,
  file: NodeText,
): HnsAnswers<HnsKinds[K]> | undefined {
  const before: HnsAnswers<HnsKinds[K]> = known ?? NO_ANSWERS;
  if (file.file === HNSDIAG_FILE) {
    const spare = spareOf(kind, file);
    return spare ? {...before, spare} : known;
  }
  const generation: HnsGeneration = file.file === HNS_FILES[kind].v1 ? 'v1' : 'v2';
  // An archive may have an answer twice.
  if (before.taken.includes(generation)) return before;
  const {value, gap} = answerOf(file, kind);
  const read = readGeneration<HnsKinds[K]>(value, generation, HNS_READINGS[kind]);
  const [v2, v1] = generation === 'v2' ? [read, before.objects] : [before.objects, read];
  return {
    objects: joinGenerations<HnsKinds[K]>(v2, v1, HNS_READINGS[kind]),
    taken: [...before.taken, generation],
    whole: gap ? before.whole : [...before.whole, generation],
    gaps: gap ? {...before.gaps, [generation]: gap} : before.gaps,
  };
}

/** What hnsdiag says of a kind; nothing where it does not speak of it. */
function spareOf<K extends HnsKind>(kind: K, file: NodeText): HnsAnswers<HnsKinds[K]>['spare'] {
  const told = toldBy(file, kind);
  return told && collected(readGeneration<HnsKinds[K]>(told.raws, 'v1', HNS_READINGS[kind]), told.gap);
}

/** Keeps why a file did not come. */
export function missObjects<T extends Placed>(
  before: HnsAnswers<T> = NO_ANSWERS,
  key: string,
  gap: Missing,
): HnsAnswers<T> {
  return {...before, gaps: {...before.gaps, [key.includes('.v1-') ? 'v1' : 'v2']: gap}};
}

/**
 * The objects as evidence: whole where one generation's answer is, for either lists them all. What the other alone knows of
 * them is then absent, and `generationGap` says why.
 */
export function objectsOf<K extends HnsKind>(
  kind: K,
  {objects, whole, gaps, spare}: HnsAnswers<HnsKinds[K]>,
): Evidence<HnsKinds[K][]> {
  if (spare?.ok && whole.length === 0 && objects.length === 0)
    return collected([...spare.value], spare.partial);
  const gap = whole.length > 0 ? undefined : (gaps.v2 ?? gaps.v1);
  if (gap && objects.length === 0) return gap;
  const {settle} = HNS_READINGS[kind];
  return collected(settle ? objects.map(settle) : [...objects], gap);
}

/**
 * Why a generation's answer about a kind of objects is not there, or not whole, so that fields which only it has are absent;
 * undefined where it came. v1 alone has states, management addresses, shared containers and VFP ports.
 */
export function generationGap(
  {answered, silent, cut, spare}: HnsState,
  kind: HnsKind,
  generation: HnsGeneration,
): Missing | undefined {
  const file = HNS_FILES[kind][generation];
  if (file === undefined) return missing('unsupported', `HNS ${generation} knows no ${kind}`);
  const key = file.replace(/\.json$/, '');
  const partial = cut.find(c => c.key === key)?.gap;
  if (answered.includes(key)) return partial;
  const told = spare.find(s => s.key === key);
  if (told) return told.gap;
  const dotted = key.replace('/', '.');
  return (
    silent.find(s => s.key === dotted || s.key === `hns.${kind}`)?.gap ??
    missing('failed', `nothing came of ${file}`)
  );
}
