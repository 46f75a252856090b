import {explainHresult} from '../../src/data/hresults.ts';
import type {CollectedFile, MissingFile} from '../collect/collector.ts';
import type {MissingReason} from '../../src/snapshot/evidence.ts';
import type {ChildEvent, ObjectError} from './events.ts';

type Missing = {reason: MissingReason; detail: string};

/** Puts the files of one child together. */
export interface Assembly {
  add(event: ChildEvent): void;
  /** Objects that could not be read, of every file. */
  readonly errors: readonly ObjectError[];
  /** The files, whole, in part or missing; `ended` says why the child ended before it had sent everything. */
  files(ended: Missing | undefined): (CollectedFile | MissingFile)[];
}

interface FileState {
  source: string;
  items: string[];
  text?: string;
  bytes: number;
  dropped: number;
  errors: ObjectError[];
  isWhole: boolean;
  missing?: Missing;
}

/**
 * Begins an assembly of the files that a child is to make. A file keeps whole elements up to `maxBytes`, so that a part of
 * it is an array still.
 */
export function assemble(sources: readonly {file: string; source: string}[], maxBytes: number): Assembly {
  const states = new Map(sources.map(({file, source}) => [file, newState(source)]));
  const errors: ObjectError[] = [];
  return {
    errors,
    add(event) {
      const state = states.get(event.file);
      if (!state) return;
      if (event.event === 'error') errors.push(event.error);
      apply(state, event, maxBytes);
    },
    files: ended => [...states].map(([file, state]) => fileOf(file, state, ended)),
  };
}

function newState(source: string): FileState {
  return {source, items: [], bytes: 0, dropped: 0, errors: [], isWhole: false};
}

function apply(state: FileState, event: ChildEvent, maxBytes: number): void {
  switch (event.event) {
    case 'item':
      state.bytes += Buffer.byteLength(event.text) + SEPARATOR.length;
      if (state.bytes > maxBytes) state.dropped++;
      else state.items.push(event.text);
      break;
    case 'text':
      state.text = event.text;
      break;
    case 'error':
      state.errors.push(event.error);
      break;
    case 'missing':
      state.missing = {reason: event.reason, detail: event.detail};
      break;
    case 'end':
      state.isWhole = true;
      break;
  }
}

const SEPARATOR = ',\n';

function fileOf(file: string, state: FileState, ended: Missing | undefined): CollectedFile | MissingFile {
  const {source, items, text} = state;
  const gap = state.isWhole ? undefined : (state.missing ?? ended ?? NEVER_SAID);
  if (gap && items.length === 0 && text === undefined) return {file, source, missing: gap};
  const partial = gap ?? lossOf(state);
  return {file, source, body: text ?? `[${items.join(SEPARATOR)}]`, ...(partial && {partial})};
}

/** The child ended well and yet said nothing of a file. */
const NEVER_SAID: Missing = {reason: 'failed', detail: 'the query ended without an answer'};

function lossOf({items, dropped, errors}: FileState): Missing | undefined {
  const all = items.length + dropped + errors.length;
  const [first] = errors;
  if (dropped > 0)
    return {
      reason: 'failed',
      detail: `${dropped} of ${all} objects are left out: the file would be too large`,
    };
  if (!first) return undefined;
  const words = `${first.query}: ${explainHresult(first.code)?.name ?? 'HRESULT'} (${first.hresult}): ${first.message}`;
  return {
    reason: 'failed',
    detail: `${errors.length} of ${all} objects could not be read; the first: ${words}`,
  };
}
