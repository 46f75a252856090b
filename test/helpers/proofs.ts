import {isDeepStrictEqual} from 'node:util';
import {parse} from 'smol-toml';
import type {FileRef, Ref} from '../../src/checks/define.ts';
import {COLLECTION_FILE, CONTACT_FILE} from '../../src/node/agent.ts';
import {isReadFile} from '../../src/node/files.ts';
import {elementsOf} from '../../src/node/xml.ts';
import type {TestNode} from './node-files.ts';
import type {Json, Raw} from './raw.ts';

/**
 * Says of each fact whether it stands in the objects as the API has them: the object is there, and the pointer leads to the
 * very value. A fact without a value proves by its place, or by there being nothing at it; null and empty values stand for
 * fields that the API leaves out.
 */
export function unproven(
  facts: readonly Ref[],
  objects: readonly Raw[],
  nodes: ReadonlyMap<string, TestNode> = new Map(),
): string[] {
  return facts.flatMap(fact => {
    // Of logs only what they come to is kept: the tests of `pod.logs` prove that.
    if ('log' in fact || 'probe' in fact) return [];
    if (!('object' in fact)) return unprovenFile(fact, nodes);
    const {object, pointer, value} = fact;
    const {kind, metadata} = object;
    // CI pipelines stand in files: test/checks/cib/any-pipeline.test.ts proves where.
    if (kind === 'Pipeline') return [];
    const label = `${kind}/${metadata.namespace ?? ''}/${metadata.name} ${pointer}`;
    const raw = objects.find(
      o =>
        o.kind === kind && o.metadata.name === metadata.name && o.metadata.namespace === metadata.namespace,
    );
    if (!raw) return [`${label}: no such object`];
    if (value === undefined) return [];
    const seen = at(raw, pointer);
    return isDeepStrictEqual(seen, value) || (seen === undefined && isEmpty(value))
      ? []
      : [`${label}: says ${JSON.stringify(value)}, and there is ${JSON.stringify(seen)?.slice(0, 200)}`];
  });
}

/** The same for a file of a node: it is of the layout, it came, and the pointer leads to the value, event or line. */
function unprovenFile({node, file, pointer, value}: FileRef, nodes: ReadonlyMap<string, TestNode>): string[] {
  const label = `${node}: ${file} ${pointer}`;
  if (!isReadFile(file)) return [`${label}: no file of the layout`];
  // Written by the plugin itself, out of how it reached its agents.
  if (file === CONTACT_FILE || file === COLLECTION_FILE) return [];
  const content: Json = nodes.get(node)?.get(file);
  if (value === undefined) return [];
  const [, first = ''] = pointer.split('/');
  const seen = file.endsWith('.xml')
    ? elementsOf(content, 'Event')[Number(first)]
    : file.startsWith('logs/')
      ? content.split('\n')[Number(first) - 1]
      : file.endsWith('.toml')
        ? at(parse(content), pointer)
        : at(typeof content === 'string' ? JSON.parse(content) : content, pointer);
  const proven =
    file.endsWith('.xml') || file.startsWith('logs/')
      ? typeof seen === 'string'
      : isDeepStrictEqual(seen, value) || seen === JSON.stringify(value);
  return proven
    ? []
    : [`${label}: says ${JSON.stringify(value)}, and there is ${JSON.stringify(seen)?.slice(0, 200)}`];
}

function isEmpty(value: unknown): boolean {
  return value === null || (typeof value === 'object' && Object.keys(value).length === 0);
}

/** What an RFC 6901 pointer leads to; undefined where it leads to nothing. */
export function at(document: Json, pointer: string): Json {
  if (pointer === '') return document;
  let value: Json = document;
  for (const part of pointer.slice(1).split('/')) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, key)) return undefined;
    value = value[key];
  }
  return value;
}
