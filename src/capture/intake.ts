import type {Resource, ResourceKey} from '../kube/resources.ts';
import {RESOURCE_BY_KEY} from '../kube/resources.ts';
import {maskSecrets} from '../redact/quoted.ts';
import {isRecord} from '../kube/shape.ts';
import {NodeIntake} from '../node/intake.ts';
import {readProbing} from '../probes/file.ts';
import {SnapshotAssembler} from '../snapshot/assemble.ts';
import {collected, missing} from '../snapshot/evidence.ts';
import {millis} from '../snapshot/time.ts';
import {decodeText, utf8Of} from './decode.ts';
import type {ListHead} from './documents.ts';
import {readDocuments} from './documents.ts';
import type {FileContent} from './files.ts';
import {reasonOfError} from './gaps.ts';
import {kindsNamedIn, resourceOf, resourceOfList} from './kinds.ts';
import type {FirstPlace, Place} from './layout.ts';
import {LogIntake} from './log-intake.ts';
import type {BundleManifest} from './manifest.ts';
import {readManifest} from './manifest.ts';
import {NewestTime, goTime} from './moment.ts';
import type {KindReading, Reading} from './reading.ts';
import {kindReading} from './reading.ts';

/** The code page of western Europe; letters of English and most of its others are the same in 437. */
const OEM = 'cp850';

type ObjectsPlace = Extract<Place, {role: 'objects'}>;
type NodePlace = Extract<Place, {role: 'node'}>;

/** Takes in the files of a capture one by one. A file that is broken costs itself only, and its kinds count as partial. */
export class Intake {
  readonly assembler = new SnapshotAssembler();
  readonly nodes = new NodeIntake();
  readonly logs = new LogIntake();
  readonly newest = new NewestTime();
  /** One sentence for each file that could not be read wholly. */
  readonly notes: string[] = [];
  /** Kinds of objects that nothing is made of, for the message where there are no others. */
  readonly otherKinds = new Set<string>();
  manifest: BundleManifest | undefined;
  timestamp: string | undefined;
  /** What a second look found. */
  second: Intake | undefined;
  readonly #kinds = new Map<ResourceKey, KindReading>();
  readonly #seen = new Set<string>();
  readonly #namespaces = new Set<string>();
  readonly #customKinds = new Set<string>();
  #hasVersion = false;

  /** Whether anything was found that a Snapshot holds. */
  get isEmpty(): boolean {
    return !this.#hasVersion && ![...this.#kinds.values()].some(k => k.listed || k.single);
  }

  get hasVersion(): boolean {
    return this.#hasVersion;
  }

  /** What layouts judge gaps by. */
  reading(paths: readonly string[]): Reading {
    return {
      kinds: this.#kinds,
      namespaces: this.#namespaces,
      customKinds: this.#customKinds,
      ...(this.manifest && {manifest: this.manifest}),
      paths,
    };
  }

  /** Reads one file for what its place says. */
  take(content: FileContent, place: Place): void {
    if (place.role === 'log') {
      this.logs.take(content, place);
      return;
    }
    if (place.role === 'objects') {
      this.#takeObjects(content, place);
      return;
    }
    const {text} = decodeText(content.bytes, place.role === 'node' && place.oem ? OEM : undefined);
    switch (place.role) {
      case 'node':
        this.#takeNodeFile(content, place, text);
        return;
      case 'errors':
        this.#takeErrors(place.key, parse(text));
        return;
      case 'version':
        this.#takeVersion(parse(text));
        return;
      case 'probes':
        this.assembler.set('probes', readProbing(text, content.problem));
        return;
      case 'manifest':
        this.manifest = readManifest(parse(text), '', undefined);
        if (!this.manifest) this.notes.push(`${content.path} is no manifest that can be read`);
        return;
      case 'timestamp':
        this.timestamp = goTime(text);
        return;
      case 'second':
        this.#takeSecond(content, place.place, text);
        return;
      default:
        place satisfies never;
    }
  }

  #takeSecond(content: FileContent, place: FirstPlace | undefined, text: string): void {
    this.second ??= new Intake();
    if (place) this.second.take(content, place);
    else this.second.timestamp = timeOfLook(parse(text));
  }

  #takeNodeFile({path, problem}: FileContent, {node, os, file, read}: NodePlace, written: string): void {
    this.nodes.expect(node, os);
    if (problem !== undefined) this.notes.push(`${path}: ${problem}`);
    const text = read ? read(written) : written;
    if (text === undefined) this.notes.push(`${path} holds nothing of what its name says`);
    else
      this.nodes.file(node, {
        file,
        text,
        ...(problem !== undefined && {partial: missing('failed', problem)}),
      });
  }

  #takeObjects(content: FileContent, place: ObjectsPlace): void {
    const problems = content.problem === undefined ? [] : [content.problem];
    const touched = new Set<ResourceKey>();
    let found = false;
    readDocuments(
      utf8Of(content.bytes),
      {
        object: (value, list) => {
          found = true;
          const resource = this.#resourceOf(value, place, list);
          if (!resource) return;
          touched.add(resource.key);
          this.#add(resource, value, list !== undefined);
        },
        list: head => {
          found = true;
          const resource = resourceOfList(head);
          if (resource) this.#kind(resource.key).listed = true;
        },
        broken: detail => problems.push(detail),
      },
      content.problem !== undefined,
    );
    if (place.key !== undefined) {
      if (!found && problems.length === 0) problems.push('it holds no objects');
      touched.clear();
      touched.add(place.key);
      if (found) this.#kind(place.key).read.add(place.namespace ?? '');
    }
    if (problems.length > 0) this.#fail(content, place, problems, touched);
  }

  /** Marks as partial what a broken file holds: what its place says, else what was read of it or what it names. */
  #fail(
    {path, bytes}: FileContent,
    place: ObjectsPlace,
    problems: readonly string[],
    touched: ReadonlySet<ResourceKey>,
  ): void {
    const detail = `${path}: ${problems.join('; ')}`;
    this.notes.push(detail);
    const named = place.key === undefined ? kindsNamedIn(decodeText(bytes).text).map(r => r.key) : [];
    for (const key of new Set([...touched, ...named])) {
      this.#kind(key, false).failed.set(place.namespace ?? '', missing('failed', detail));
    }
  }

  /** What an object is: as it says itself, else as its list or its place says. */
  #resourceOf(value: Record<string, unknown>, place: ObjectsPlace, list?: ListHead): Resource | undefined {
    const {apiVersion, kind} = value;
    const own = resourceOf(apiVersion, kind);
    if (own) return own;
    const around =
      (list && resourceOfList(list)) ??
      (place.key === undefined ? undefined : RESOURCE_BY_KEY.get(place.key));
    if (around && (kind === undefined || kind === '' || kind === around.kind)) return around;
    if (isRecord(value['serverVersion'])) this.#takeVersion(value['serverVersion']);
    else if (typeof kind === 'string') this.otherKinds.add(kind.slice(0, 60));
    return undefined;
  }

  #add(resource: Resource, value: Record<string, unknown>, listed: boolean): void {
    const {key} = resource;
    const kind = this.#kind(key);
    if (listed) kind.listed = true;
    else kind.single = true;
    const metadata = isRecord(value['metadata']) ? value['metadata'] : {};
    const {name, namespace} = metadata;
    if (typeof name !== 'string' || name === '') return;
    if (typeof namespace === 'string') kind.namespaces.add(namespace);
    this.newest.look(key, value);
    if (resource.names && !resource.names.includes(name)) return;
    if (resource.onlyIn !== undefined && namespace !== resource.onlyIn) return;
    const id = `${key}\0${typeof namespace === 'string' ? namespace : ''}\0${name}`;
    if (this.#seen.has(id)) return;
    this.#seen.add(id);
    if (key === 'namespaces') this.#namespaces.add(name);
    if (key === 'customResourceDefinitions') this.#customKinds.add(name);
    this.assembler.add(key, [value]);
  }

  #takeErrors(key: ResourceKey, errors: unknown): void {
    const byNamespace: [string, unknown][] = Array.isArray(errors)
      ? errors.map(e => ['', e])
      : isRecord(errors)
        ? Object.entries(errors)
        : [];
    for (const [namespace, error] of byNamespace) {
      if (typeof error !== 'string' || error === '') continue;
      const place = RESOURCE_BY_KEY.get(key)?.namespaced ? namespace : '';
      this.#kind(key, false).failed.set(
        place,
        missing(reasonOfError(error), maskSecrets(error.slice(0, MAX_ERROR))),
      );
    }
  }

  #takeVersion(value: unknown): void {
    if (!isRecord(value)) return;
    const info = isRecord(value['info']) ? value['info'] : value;
    const gitVersion = info['gitVersion'] ?? value['string'];
    if (typeof gitVersion !== 'string') return;
    const fact = (field: string): object => (typeof info[field] === 'string' ? {[field]: info[field]} : {});
    this.assembler.set(
      'version',
      collected({gitVersion, ...fact('major'), ...fact('minor'), ...fact('platform')}),
    );
    this.#hasVersion = true;
  }

  /** The record of a kind. `seen` also makes evidence of it, be it an empty list. */
  #kind(key: ResourceKey, seen = true): KindReading {
    if (seen) this.assembler.add(key, []);
    let kind = this.#kinds.get(key);
    if (!kind) this.#kinds.set(key, (kind = kindReading()));
    return kind;
  }
}

/** An API error is a sentence; a page of HTML is not worth more. */
const MAX_ERROR = 500;

function timeOfLook(value: unknown): string | undefined {
  const at = isRecord(value) ? value['at'] : undefined;
  return typeof at === 'string' && millis(at) !== undefined ? at : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
