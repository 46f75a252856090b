import {fields, integer, isRecord, text} from '../kube/shape.ts';
import {itemsOf} from './items.ts';
import type {Missing} from '../snapshot/evidence.ts';
import type {HnsAnswer} from './hns-answer.ts';

/** One query that HNS answered with an error (`hns/errors.json`, CONTRACT §4.2). */
export interface HnsError {
  query: string;
  hresult?: string;
  code?: number;
  message?: string;
  index: number;
}

/** Whether and how HNS answers; what it answers is read by what judges networks. */
export interface HnsState {
  version?: {major: number; minor: number};
  /** Files of answers, without `.json`: `hns/networks`. */
  answered: string[];
  /** Queries without an answer, by the key of their file. */
  silent: {key: string; gap: Missing}[];
  /** Files of which only a part came, without `.json`: `hns/networks`. */
  cut: {key: string; gap: Missing}[];
  /** Answers that hnsdiag printed, by the files that they stand for where those are not there. */
  spare: {key: string; gap?: Missing}[];
  errors: HnsError[];
}

export const NO_HNS: HnsState = {answered: [], silent: [], cut: [], spare: [], errors: []};

const errorShape = fields<Omit<HnsError, 'index'>>(
  {query: text, hresult: text, code: integer, message: text},
  {query: ''},
);

/** Takes a file of HNS's answers into what is known of it. */
export function takeHns(before: HnsState, file: string, {value, gap}: HnsAnswer): HnsState {
  if (file === 'hns/errors.json') return {...before, errors: itemsOf(value, errorShape)};
  const key = file.replace(/\.json$/, '');
  const after = {
    ...before,
    answered: [...before.answered, key],
    cut: gap ? [...before.cut, {key, gap}] : before.cut,
  };
  if (file !== 'hns/version.json' || !isRecord(value)) return after;
  const {Major: major, Minor: minor} = value;
  if (typeof major !== 'number' || typeof minor !== 'number') return after;
  return {...after, version: {major, minor}};
}
