import type {Resource, ResourceKey} from '../../src/kube/resources.ts';
import {RESOURCE_BY_KEY, apiVersionOf, bundlePath} from '../../src/kube/resources.ts';
import {isRecord} from '../../src/kube/shape.ts';
import {SHAPES} from '../../src/kube/shapes.ts';
import type {Counts} from '../../src/redact/edit.ts';
import {addCounts} from '../../src/redact/edit.ts';
import {compareText} from '../../src/text/compare.ts';
import type {RawObjects} from '../kube/raw-objects.ts';
import type {Shelf} from './spool.ts';

/** What goes before each item of a list, which rules of the user speak of as `items.*`. */
const WRAP = '{"items":[';
const WRAP_END = 2;

/** What a page of a list adds to one file. */
interface Page {
  parts: string[];
  counts: Counts;
}

/** Puts lists of the API down as they come, page by page: `cluster-resources/pods/shop.json`, one item a line. */
export class ObjectWriter implements RawObjects {
  readonly #spool: Shelf;
  readonly #done = new Set<ResourceKey>();
  /** Of kinds that are read one by one, so that they stand in the order of their names. */
  readonly #held = new Map<string, {name: string; text: string; counts: Counts}[]>();
  readonly #open = new Map<string, Resource>();
  #objects = 0;

  constructor(spool: Shelf) {
    this.#spool = spool;
  }

  /** Objects so far. */
  get objects(): number {
    return this.#objects;
  }

  /** Kinds that were read to their end. */
  get done(): ReadonlySet<ResourceKey> {
    return this.#done;
  }

  add(key: ResourceKey, items: readonly unknown[]): void {
    const resource = RESOURCE_BY_KEY.get(key);
    if (!resource) return;
    const pages = new Map<string, Page>();
    for (const item of items) {
      if (!isRecord(item)) continue;
      const {namespace, name} = isRecord(item['metadata']) ? item['metadata'] : {};
      const path = bundlePath(resource, typeof namespace === 'string' ? namespace : undefined);
      const counts: Counts = new Map();
      const text = this.#redacted(path, JSON.stringify(written(item, resource)), counts);
      this.#objects++;
      this.#open.set(path, resource);
      if (resource.names) {
        const held = this.#held.get(path) ?? [];
        held.push({name: String(name), text, counts});
        this.#held.set(path, held);
        continue;
      }
      const page: Page = pages.get(path) ?? {parts: [], counts: new Map()};
      page.parts.push(text);
      addCounts(page.counts, counts);
      pages.set(path, page);
    }
    for (const [path, {parts, counts}] of pages) this.#append(path, resource, parts, counts);
  }

  forget(key: ResourceKey, namespace: string | undefined): void {
    for (const [path, resource] of this.#open) {
      if (resource.key !== key) continue;
      if (namespace !== undefined && path !== bundlePath(resource, namespace)) continue;
      this.#spool.remove(path);
      this.#held.delete(path);
      this.#open.delete(path);
    }
  }

  finish(key: ResourceKey): void {
    this.#done.add(key);
  }

  /** Closes every list. */
  end(): void {
    for (const [path, held] of this.#held) {
      const resource = this.#open.get(path);
      for (const {text, counts} of held.sort((a, b) => compareText(a.name, b.name))) {
        if (resource) this.#append(path, resource, [text], counts);
      }
    }
    for (const path of this.#open.keys()) this.#spool.append(path, '\n]}\n', {});
  }

  #append(path: string, resource: Resource, parts: readonly string[], counts: Counts): void {
    const head = this.#spool.has(path) ? ',\n' : headOf(resource);
    this.#spool.append(path, head + parts.join(',\n'), {source: `GET ${resource.plural}`, counts});
  }

  #redacted(path: string, item: string, counts: Counts): string {
    const own: Counts = new Map();
    const whole = this.#spool.redact(path, `${WRAP}${item}]}`, own);
    const isFramed = whole.startsWith(WRAP) && whole.endsWith(']}');
    // A rule of the user may speak of the very words around it.
    const text = isFramed ? whole.slice(WRAP.length, -WRAP_END) : this.#spool.redact(path, item, own);
    addCounts(counts, own);
    return text;
  }
}

function headOf(resource: Resource): string {
  const {kind} = resource;
  const head = JSON.stringify({kind: `${kind}List`, apiVersion: apiVersionOf(resource), metadata: {}});
  return `${head.slice(0, -1)},"items":[\n`;
}

/** An object with its kind, which items of a list lack; of who wrote it when, without the list of fields. */
function written(item: Record<string, unknown>, resource: Resource): Record<string, unknown> {
  // A credential spec tells accounts and hosts of a domain (CONTRACT §4.1): of it stays what checks look at.
  const read = resource.key === 'gmsaCredentialSpecs' ? SHAPES[resource.key](item, '', undefined) : undefined;
  const {metadata} = item;
  const {managedFields, ...rest} = isRecord(metadata) ? metadata : {};
  const kept = Array.isArray(managedFields) ? {...rest, managedFields: managedFields.map(writer)} : rest;
  return {...item, ...read, apiVersion: apiVersionOf(resource), kind: resource.kind, metadata: kept};
}

/** The fields are most of an object, and no check reads them; when it was last written decides what is only suspected. */
function writer(entry: unknown): unknown {
  if (!isRecord(entry)) return entry;
  const {fieldsV1: _, ...rest} = entry;
  return rest;
}
