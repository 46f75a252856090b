import type {Resource, ResourceKey} from '../../src/kube/resources.ts';
import type {SnapshotAssembler} from '../../src/snapshot/assemble.ts';
import {millis} from '../../src/snapshot/time.ts';
import type {ApiReader} from './api-reader.ts';
import {gapOf, isDenied, isUnknown} from './gap.ts';
import type {Page} from './list.ts';
import {readPages} from './list.ts';
import type {RawObjects} from './raw-objects.ts';
import type {Selection} from './scope.ts';

/** How far collection is, for a terminal. */
export interface LiveProgress {
  /** What was just read, as `pods`. */
  what: string;
  /** Objects read so far, of all kinds. */
  objects: number;
  /** Kinds that are done, of so many. */
  done: number;
  total: number;
}

/** What a list ended in: `denied` calls for a second try by namespace. */
export type ListEnd = 'read' | 'denied' | 'missing';

/** How a list is to be read beside its path. */
export interface ListHow extends Partial<Selection> {
  accept?: string;
  /** Turns a raw object into the form that the shape of its kind reads. */
  change?: (item: unknown) => unknown;
}

/** Reads lists into an assembler, keeps what came of a list that broke, and remembers when the server answered first. */
export class LiveCollector {
  readonly assembler: SnapshotAssembler;
  readonly reader: ApiReader;
  readonly signal: AbortSignal;
  readonly #progress: ((progress: LiveProgress) => void) | undefined;
  readonly #raw: RawObjects | undefined;
  #objects = 0;
  #done = 0;
  #total = 0;
  #firstAnswer = Infinity;
  #lists = 0;

  constructor(
    assembler: SnapshotAssembler,
    reader: ApiReader,
    run: {
      signal: AbortSignal;
      progress?: ((progress: LiveProgress) => void) | undefined;
      raw?: RawObjects | undefined;
    },
  ) {
    this.assembler = assembler;
    this.reader = reader;
    this.signal = run.signal;
    this.#progress = run.progress;
    this.#raw = run.raw;
  }

  /** The server's time at its first answer, milliseconds since 1970: nothing may look staler than it was when read. */
  get firstAnswer(): number | undefined {
    return this.#firstAnswer === Infinity ? undefined : this.#firstAnswer;
  }

  /** How many lists could be read, whole or in part. */
  get lists(): number {
    return this.#lists;
  }

  /** Announces kinds to be read, for progress. */
  expect(kinds: number): void {
    this.#total += kinds;
  }

  /** States that a kind is done with. */
  finish(key: ResourceKey): void {
    this.#done++;
    this.#raw?.finish(key);
    this.#report(key);
  }

  /** Takes note of a `Date` header. */
  noteDate(date: string | undefined): void {
    this.#firstAnswer = Math.min(this.#firstAnswer, millis(date) ?? Infinity);
  }

  /** Reads one list, in one namespace or all of them. A denied one leaves no gap yet: there may be another way. */
  async list(resource: Resource, how: ListHow = {}): Promise<ListEnd> {
    const {namespace} = how;
    let read = 0;
    try {
      const query = {path: listPath(resource, namespace), query: how.query ?? {}};
      const accept = how.accept === undefined ? {} : {accept: how.accept};
      const take = (page: Page): void => {
        if (page.restarted) {
          this.assembler.forget(resource.key, namespace);
          this.#raw?.forget(resource.key, namespace);
          read = 0;
        }
        this.#take(resource.key, page, how);
        read += page.items.length;
      };
      await readPages(this.reader, {...query, ...accept}, {signal: this.signal, take});
      if (how.gap) this.assembler.miss(resource.key, how.gap);
      this.#lists++;
      return 'read';
    } catch (error) {
      if (isDenied(error)) return 'denied';
      if (resource.custom && isUnknown(error)) {
        this.assembler.add(resource.key, []);
        return 'read';
      }
      this.assembler.miss(
        resource.key,
        gapOf(error, resource, {read, ...(namespace !== undefined && {namespace})}),
      );
      if (read > 0) this.#lists++;
      return 'missing';
    }
  }

  #take(key: ResourceKey, page: Page, {keep, change}: ListHow): void {
    let {items} = page;
    if (keep) items = items.filter(keep);
    if (change) items = items.map(change);
    this.assembler.add(key, items);
    this.#raw?.add(key, items);
    this.noteDate(page.date);
    this.#objects += items.length;
    this.#report(key);
  }

  #report(what: string): void {
    this.#progress?.({what, objects: this.#objects, done: this.#done, total: this.#total});
  }
}

/** The path of a list; names of namespaces come from users and servers, so they are escaped. */
function listPath({group, version, plural}: Resource, namespace: string | undefined): string {
  const root = group ? `/apis/${group}/${version}` : `/api/${version}`;
  return namespace === undefined
    ? `${root}/${plural}`
    : `${root}/namespaces/${encodeURIComponent(namespace)}/${plural}`;
}
