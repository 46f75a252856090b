import {hexOf} from '../../src/data/code-number.ts';
import {missingOf} from './errors.ts';
import type {HcnError} from './errors.ts';
import type {Emit, ObjectError} from './events.ts';
import type {Family} from './families.ts';
import type {Hcn} from './hcn.ts';
import {listObjects, outputOf} from './queries.ts';
import {elementTexts} from './raw-json.ts';

/** Asks everything of a family; an API that fails is `missing`, and the other one is asked all the same. */
export function runFamily(hcn: Hcn, {v1, v2}: Family, emit: Emit): void {
  if (v1) attempt(v1.file, emit, () => askV1(hcn, v1, emit));
  if (v2) attempt(v2.file, emit, () => askV2(hcn, v2, emit));
}

/** Does what makes a file; what it throws becomes the reason why the file, or the rest of it, is missing. */
export function attempt(file: string, emit: Emit, make: () => void): void {
  try {
    make();
    emit({event: 'end', file});
  } catch (error) {
    emit({event: 'missing', file, ...missingOf(error)});
  }
}

function askV1(hcn: Hcn, {path, file, list}: NonNullable<Family['v1']>, emit: Emit): void {
  const output = outputOf(hcn, path);
  if (!list) emit({event: 'text', file, text: output || 'null'});
  else for (const text of elementTexts(output)) emit({event: 'item', file, text});
}

function askV2(hcn: Hcn, {type, file}: NonNullable<Family['v2']>, emit: Emit): void {
  for (const listed of listObjects(hcn, type)) {
    if ('text' in listed) emit({event: 'item', file, text: listed.text});
    else emit({event: 'error', file, error: objectError(listed)});
  }
}

function objectError({id, error}: {id: string; error: HcnError}): ObjectError {
  return {
    query: `${error.method} ${id}`,
    hresult: hexOf(error.hresult),
    code: error.hresult,
    message: error.words,
  };
}
