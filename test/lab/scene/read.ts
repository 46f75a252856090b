import {existsSync, readFileSync, readdirSync} from 'node:fs';
import {join} from 'node:path';
import {parseAllDocuments} from 'yaml';
import type {LabObject} from '../parts/api.ts';
import {LabError} from '../parts/failure.ts';
import {labDir} from '../parts/places.ts';
import {withTimes} from './times.ts';

const scenesDir = join(labDir, 'scenes');

/** The scenes that are folders of YAML. `large` is made by `large.ts`. */
export function sceneNames(): string[] {
  return readdirSync(scenesDir, {withFileTypes: true})
    .filter(entry => entry.isDirectory())
    .map(entry => entry.name)
    .toSorted();
}

/** The objects of a scene: one batch for each file, in the order of the files' names. */
export function readScene(scene: string, now = new Date()): LabObject[][] {
  const dir = join(scenesDir, scene);
  if (!existsSync(dir)) {
    throw new LabError(
      `there is no scene "${scene}": choose one of ${[...sceneNames(), 'large'].join(', ')}`,
    );
  }
  return readdirSync(dir)
    .filter(file => file.endsWith('.yaml'))
    .toSorted()
    .map(file => readObjects(join(dir, file), now));
}

function readObjects(file: string, now: Date): LabObject[] {
  const documents = parseAllDocuments(withTimes(readFileSync(file, 'utf8'), now), {merge: true});
  return [...documents].flatMap(document => {
    const problem = document.errors[0];
    if (problem) throw new LabError(`${file}: ${problem.message.split('\n')[0]}`);
    const value: unknown = document.toJS();
    return objectsIn(value).map(object => checked(object, file));
  });
}

/** A List is its items: in one document, anchors can be shared by all objects. */
function objectsIn(value: unknown): unknown[] {
  if (value === null) return [];
  const list = typeof value === 'object' && 'kind' in value && value.kind === 'List' && 'items' in value;
  return list && Array.isArray(value.items) ? value.items : [value];
}

function checked(value: unknown, file: string): LabObject {
  // Whether it is one is what is looked at here; the API server judges the rest.
  const object = value as Partial<LabObject>;
  if (typeof object.apiVersion === 'string' && typeof object.kind === 'string' && object.metadata?.name) {
    return object as LabObject; // Its three obligatory fields were just seen.
  }
  throw new LabError(`${file}: an object lacks apiVersion, kind or metadata.name`);
}
