import type {ReadJson} from './json.ts';
import {readJson} from './json.ts';
import type {NodeText} from './text.ts';

const PARSED = new WeakMap<NodeText, ReadJson>();

/** A file's JSON. Several kinds of evidence are made of one file, which is parsed once. */
export function jsonOf(file: NodeText): ReadJson {
  const found = PARSED.get(file) ?? readJson(file.text);
  PARSED.set(file, found);
  return found;
}
