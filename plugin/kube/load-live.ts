import type {Resource, ResourceKey} from '../../src/kube/resources.ts';
import {RESOURCES, RESOURCE_BY_KEY} from '../../src/kube/resources.ts';
import {fields, text} from '../../src/kube/shape.ts';
import type {ServerVersion} from '../../src/kube/types.ts';
import {SnapshotAssembler} from '../../src/snapshot/assemble.ts';
import {collected, mapEvidence, missing} from '../../src/snapshot/evidence.ts';
import type {EvidenceKey, Snapshot} from '../../src/snapshot/snapshot.ts';
import {evidenceOf} from '../../src/snapshot/snapshot.ts';
import type {Scope} from '../../src/snapshot/scope.ts';
import {selectsNodes} from '../../src/snapshot/scope.ts';
import {rfc3339} from '../../src/snapshot/time.ts';
import {WORKLOAD_KEYS} from '../../src/snapshot/workloads.ts';
import {UserError} from '../errors.ts';
import type {Access} from './access.ts';
import {ApiStatusError} from './api-error.ts';
import type {ApiReader, ReaderOptions} from './api-reader.ts';
import {HttpApiReader} from './api-reader.ts';
import {systemClock} from './clock.ts';
import {possibleConfigMaps} from './config-maps.ts';
import {METADATA_ONLY, definitionOf} from './definitions.ts';
import type {DeniedList} from './denied-lists.ts';
import {readByNamespace} from './denied-lists.ts';
import type {Discovery} from './discovery.ts';
import {discover} from './discovery.ts';
import type {ListHow, LiveProgress} from './live-collector.ts';
import {LiveCollector} from './live-collector.ts';
import {parseAnswer} from './list.ts';
import type {RawObjects} from './raw-objects.ts';
import {selectionOf} from './scope.ts';

/** What to collect from which cluster. */
export interface LiveOptions extends Scope, ReaderOptions {
  access: Access;
  /** Evidence that is wanted (`neededEvidence`); everything where absent. */
  keys?: ReadonlySet<EvidenceKey>;
  signal: AbortSignal;
  progress?: (progress: LiveProgress) => void;
  /** Takes the objects as they come. */
  raw?: RawObjects;
  /** Reads instead of HTTP, in tests. */
  reader?: ApiReader;
}

/**
 * Reads a cluster into a Snapshot, as far as the user's rights go: what is denied, broken or not served is missing with
 * its reason. Throws a `UserError` or `ExternalError` where nothing at all can be read (no server, no rights, refused
 * credentials), and the signal's reason when it fires.
 */
export async function loadLive(options: LiveOptions): Promise<Snapshot> {
  const own = options.reader ? undefined : new HttpApiReader(options.access, options);
  const reader = options.reader ?? own;
  if (!reader) throw new TypeError('no reader');
  try {
    const collector = new LiveCollector(new SnapshotAssembler(), reader, options);
    await new LiveRun(collector, options).run();
    return finish(collector, options);
  } finally {
    await own?.close();
  }
}

/** Who asks for workloads means all that they are derived from. */
const OF_WORKLOADS: ReadonlySet<ResourceKey> = new Set(WORKLOAD_KEYS);

function wantedResources(keys: ReadonlySet<EvidenceKey> | undefined): Resource[] {
  if (!keys) return [...RESOURCES];
  return RESOURCES.filter(({key}) => keys.has(key) || (keys.has('workloads') && OF_WORKLOADS.has(key)));
}

const versionShape = fields<ServerVersion>(
  {major: text, minor: text, gitVersion: text, platform: text},
  {gitVersion: ''},
);

/** One collection, from the first request to the last. */
class LiveRun {
  readonly #collector: LiveCollector;
  readonly #options: LiveOptions;
  readonly #wanted: Resource[];
  readonly #denied: DeniedList[] = [];
  #selected: ReadonlySet<string> | undefined;

  constructor(collector: LiveCollector, options: LiveOptions) {
    this.#collector = collector;
    this.#options = options;
    this.#wanted = wantedResources(options.keys);
  }

  async run(): Promise<void> {
    this.#collector.expect(this.#wanted.length);
    // The first request alone shows whether there is a server that lets this user in.
    await this.#version();
    const discovery = discover(this.#collector.reader, this.#collector.signal);
    // Its failure is met below; until then it must not count as unhandled.
    discovery.catch(() => undefined);
    const later = new Set<ResourceKey>(['configMaps', 'customResourceDefinitions']);
    const first = this.#wanted.filter(r => !r.custom && !later.has(r.key));
    if (selectsNodes(this.#options)) await this.#selectNodes(first);
    await Promise.all([
      ...first.map(resource => this.#list(resource)),
      discovery.then(found => this.#discovered(found)),
    ]);
    await this.#configMaps(await discovery);
    if (this.#denied.length > 0) {
      await readByNamespace(this.#collector, this.#denied, this.#options.access.namespace);
    }
  }

  async #version(): Promise<void> {
    const {reader, signal, assembler} = this.#collector;
    try {
      const {text: body, date} = await reader.get('/version', {signal});
      this.#collector.noteDate(date);
      const version = versionShape(parseAnswer(body, '/version'), '', undefined);
      if (version?.gitVersion) assembler.set('version', collected(version));
      else assembler.set('version', missing('failed', 'the server did not name its version'));
    } catch (error) {
      // A bad request here is none of ours: http was spoken to a port for https, or to something else altogether.
      if (!(error instanceof ApiStatusError) || error.status === 400) throw error;
      const reason = error.status === 403 ? 'denied' : 'failed';
      assembler.set('version', missing(reason, error.message));
    }
  }

  /** Pods are chosen by the nodes that a selector turns out to mean, so nodes come first. */
  async #selectNodes(first: Resource[]): Promise<void> {
    const nodes = RESOURCE_BY_KEY.get('nodes');
    if (!nodes) return;
    await this.#list(nodes);
    const index = first.findIndex(r => r.key === 'nodes');
    if (index >= 0) first.splice(index, 1);
    const names = this.#collector.assembler.items('nodes').map(n => n.metadata.name);
    this.#selected = new Set([...names, ...(this.#options.nodeSelector ? [] : (this.#options.nodes ?? []))]);
  }

  async #list(resource: Resource, how: ListHow = {}): Promise<void> {
    const selection = selectionOf(resource.key, this.#options, this.#selected);
    const namespace = resource.onlyIn ?? selection.namespace;
    const end = await this.#collector.list(resource, {
      ...selection,
      ...how,
      ...(namespace !== undefined && {namespace}),
    });
    if (end === 'denied') this.#denied.push({resource, selection});
    this.#collector.finish(resource.key);
  }

  /** Lists custom resources that are there, and what defines them. */
  async #discovered(discovery: Discovery | undefined): Promise<void> {
    const {assembler} = this.#collector;
    const custom = this.#wanted.filter(r => r.custom);
    const lists = custom.map(resource => {
      if (!discovery || discovery.maybeServes(resource)) return this.#list(resource);
      assembler.add(resource.key, []);
      this.#collector.finish(resource.key);
      return Promise.resolve();
    });
    const definitions = this.#wanted.find(r => r.key === 'customResourceDefinitions');
    if (definitions) lists.push(this.#list(definitions, definitionsHow(discovery)));
    await Promise.all(lists);
  }

  /** ConfigMaps are read by name only, and only those that can be there. */
  async #configMaps(discovery: Discovery | undefined): Promise<void> {
    const resource = this.#wanted.find(r => r.key === 'configMaps');
    if (!resource) return;
    const {assembler} = this.#collector;
    const daemonSets = assembler.has('daemonSets') ? assembler.items('daemonSets') : undefined;
    const nodes = assembler.has('nodes') ? assembler.items('nodes') : undefined;
    const names = possibleConfigMaps({
      daemonSets: daemonSets?.map(d => `${d.metadata.namespace}/${d.metadata.name}`),
      groups: discovery?.groups,
      providerIds: nodes?.map(n => n.spec.providerID ?? ''),
    });
    const denied: string[] = [];
    await Promise.all(
      names.map(async name => {
        const query = {fieldSelector: `metadata.name=${name}`};
        if ((await this.#collector.list(resource, {query})) === 'denied') denied.push(name);
      }),
    );
    if (denied.length > 0) this.#denied.push({resource, selection: {query: {}}, names: denied.sort()});
    this.#collector.finish(resource.key);
  }
}

/** Definitions carry the whole schema of what they define; names and served versions are known by other ways. */
function definitionsHow(discovery: Discovery | undefined): ListHow {
  if (!discovery?.knowsResources) return {};
  return {accept: METADATA_ONLY, change: item => definitionOf(item, discovery)};
}

function finish(collector: LiveCollector, options: LiveOptions): Snapshot {
  const {assembler} = collector;
  const collectedAt = rfc3339(collector.firstAnswer ?? (options.clock ?? systemClock).now());
  const snapshot = assembler.build({kind: 'cluster', name: options.access.name, collectedAt});
  if (collector.lists === 0) throw nothingRead(snapshot);
  if (options.selector === undefined && !selectsNodes(options)) return snapshot;
  // Pods were chosen, and with them their workloads: others have no pod here by choice, not by fault.
  const workloads = mapEvidence(evidenceOf(snapshot, 'workloads'), all => all.filter(w => w.pods.length > 0));
  return {...snapshot, evidence: {...snapshot.evidence, workloads}};
}

function nothingRead(snapshot: Snapshot): UserError {
  const gaps = RESOURCES.map(r => evidenceOf(snapshot, r.key)).filter(
    e => !e.ok && e.reason !== 'not-requested',
  );
  const failed = gaps.find(e => !e.ok && e.reason !== 'denied');
  if (failed && !failed.ok) {
    return new UserError(`nothing could be read from ${snapshot.source.name}: ${failed.detail}`, {
      code: 'nothing-read',
      fix: ['kubectl get --raw /readyz'],
    });
  }
  return new UserError(`this user may read nothing of ${snapshot.source.name} that is of use`, {
    code: 'no-rights',
    fix: ['kubectl auth can-i --list', 'ask for the ClusterRole `view`, and for `list` on nodes'],
  });
}
