import {isRecord} from '../kube/shape.ts';
import type {HnsKind} from '../hns/readings.ts';
import {objectsOfKind} from '../parse/hns/objects-of.ts';
import {readHnsText} from '../parse/hns/read-text.ts';
import type {HnsText} from '../parse/hns/text.ts';
import type {Missing} from '../snapshot/evidence.ts';
import {missing} from '../snapshot/evidence.ts';
import {jsonOf} from './json-of.ts';
import type {NodeText} from './text.ts';

/** A file of HNS's answers as a value, and what of it is missing. */
export interface HnsAnswer {
  readonly value: unknown;
  readonly gap?: Missing;
}

/** Reads a file of HNS's answers: JSON as agents send it, or what a collector's script wrote (`network.txt`). */
export function answerOf(file: NodeText, kind: HnsKind | undefined): HnsAnswer {
  const {value, problem} = jsonOf(file);
  if (problem === undefined) return {value, ...(file.partial && {gap: file.partial})};
  const broken = missing('failed', `${file.file} cannot be read: ${problem}`);
  if (value !== undefined) return {value: withoutLast(value), gap: file.partial ?? broken};
  const text = readHnsText(file.text);
  if (text.objects.length === 0) return {value: undefined, gap: file.partial ?? broken};
  const gap = file.partial ?? cutOf(file, text);
  return {value: kind && objectsOfKind(text, kind), ...(gap && {gap})};
}

/** What a text breaks off in has fields less than HNS gave it. */
function withoutLast(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, -1);
  if (!isRecord(value) || !Array.isArray(value['Output'])) return value;
  return {...value, Output: value['Output'].slice(0, -1)};
}

/** What a text of objects breaks off in or leaves out; undefined where it is whole. */
export function cutOf({file}: NodeText, {cuts}: HnsText): Missing | undefined {
  const [first] = cuts;
  if (!first) return undefined;
  const what = first.why === 'ended' ? 'it breaks off' : `${first.field || 'something'} was left out`;
  return missing('failed', `${file} is not whole: ${what} (line ${first.line})`);
}
