import {resourceOfKind} from '../kube/resources.ts';
import type {ShapeProblem} from '../kube/shape.ts';
import {isRecord} from '../kube/shape.ts';
import type {ConfigMap, KubeObject, Origin} from '../kube/types.ts';
import {templateWorkload} from '../kube/workloads.ts';
import type {Workload} from '../kube/workloads.ts';
import type {Locate} from '../report/locate.ts';
import {SnapshotAssembler} from '../snapshot/assemble.ts';
import {collected} from '../snapshot/evidence.ts';
import type {Snapshot} from '../snapshot/snapshot.ts';
import type {LogMonitorConfig} from '../parse/logmonitor-config/config.ts';
import {configDocument, configsIn} from './logmonitor-config.ts';
import type {ManifestDocument, ManifestProblem} from './document.ts';
import type {ImageConfig} from './image-config.ts';
import {readImageConfigs} from './image-config.ts';
import {readPipelines} from './pipeline.ts';
import type {Pipeline} from './pipeline.ts';
import {locationIn, parseYaml} from './yaml.ts';
import type {TextFile, YamlDocument} from './yaml.ts';

export interface LoadOptions {
  /** RFC 3339: support dates are judged at it. */
  now: string;
  /** What to call the input in the report. */
  name: string;
  /** `v1.35.4`: the version that the manifests are for. */
  kubernetesVersion?: string;
}

/** What `lint` judges: a Snapshot of what the files hold, a way back to their lines, and what was passed over. */
export interface Manifests {
  snapshot: Snapshot;
  locate: Locate;
  /** One sentence each on documents that are no Kubernetes object, or of a kind that no check reads. */
  notes: string[];
}

/** Reads manifests, Lists and CI pipelines out of YAML and JSON texts. Nothing throws: what is broken is a problem. */
export function loadManifests(files: readonly TextFile[], options: LoadOptions): Manifests {
  const loader = new Loader();
  for (const file of files) loader.addFile(file);
  return loader.finish(options);
}

class Loader {
  readonly #assembler = new SnapshotAssembler();
  readonly #workloads: Workload[] = [];
  readonly #pipelines: Pipeline[] = [];
  readonly #manifests: ManifestDocument[] = [];
  readonly #logMonitor: LogMonitorConfig[] = [];
  readonly #images: ImageConfig[] = [];
  readonly #documents = new Map<string, YamlDocument>();
  readonly #unread = new Map<string, number>();
  readonly #notes: string[] = [];

  addFile(file: TextFile): void {
    for (const document of parseYaml(file)) this.#addDocument(file, document);
  }

  finish({name, now, kubernetesVersion}: LoadOptions): Manifests {
    const assembler = this.#assembler;
    assembler.set('workloads', collected(this.#workloads));
    assembler.set('manifests', collected(this.#manifests));
    assembler.set('pipelines', collected(this.#pipelines));
    assembler.set('logMonitorConfigs', collected(this.#logMonitor));
    assembler.set('imageConfigs', collected(this.#images));
    if (kubernetesVersion) assembler.set('version', collected({gitVersion: kubernetesVersion}));
    const kinds = [...this.#unread].map(([kind, count]) => `${count} × ${kind}`);
    if (kinds.length > 0) this.#notes.push(`no check reads ${kinds.join(', ')}`);
    return {
      snapshot: assembler.build({kind: 'files', name, collectedAt: now}),
      locate: fileLocator(this.#documents),
      notes: this.#notes,
    };
  }

  #addDocument(file: TextFile, document: YamlDocument): void {
    const origin: Origin = {file: file.name, document: document.index, pointer: ''};
    this.#documents.set(documentId(origin), document);
    const {value} = document;
    const problems = document.errors.map(error => syntaxProblem(origin, error, file.text));
    if (value === null || value === undefined) {
      if (problems.length > 0) this.#manifests.push({origin, problems});
      return;
    }
    // What a broken document seems to say is a guess of the parser's: its fault is all that can be told of it.
    if (problems.some(p => p.problem === 'syntax' || p.problem === 'template')) {
      const kind = isRecord(value) && typeof value['kind'] === 'string' ? value['kind'] : undefined;
      this.#manifests.push({origin, ...(kind !== undefined && {kind}), problems});
      return;
    }
    const pipelines = readPipelines(value, origin);
    this.#pipelines.push(...pipelines);
    const config = configDocument(value, origin, file.text);
    if (config) this.#logMonitor.push(config);
    const images = readImageConfigs(value, origin);
    if (images) this.#addImages(images, place(file.name, document));
    if (isRecord(value) && typeof value['kind'] === 'string') this.#addObject(value, origin, problems);
    else if (config || images || pipelines.length > 0 || problems.length > 0)
      this.#manifests.push({origin, problems});
    else
      this.#notes.push(
        `${place(file.name, document)}: no Kubernetes object (it has no \`kind\`), passed over`,
      );
  }

  #addImages({images, others}: {images: ImageConfig[]; others: string[]}, at: string): void {
    this.#images.push(...images);
    for (const os of others) this.#notes.push(`${at}: an image for ${os}, passed over`);
  }

  #addObject(value: Record<string, unknown>, origin: Origin, problems: ManifestProblem[]): void {
    const kind = String(value['kind']);
    const apiVersion = typeof value['apiVersion'] === 'string' ? value['apiVersion'] : '';
    const items = value['items'];
    if (kind.endsWith('List') && Array.isArray(items)) {
      if (problems.length > 0) this.#manifests.push({origin, kind, problems});
      for (const [i, item] of items.entries()) {
        if (isRecord(item)) this.#addObject(item, {...origin, pointer: `${origin.pointer}/items/${i}`}, []);
      }
      return;
    }
    const resource = resourceOfKind(apiVersion, kind);
    if (!resource) {
      this.#unread.set(kind, (this.#unread.get(kind) ?? 0) + 1);
      if (problems.length > 0) this.#manifests.push({origin, kind, problems});
      return;
    }
    const report = (problem: ShapeProblem): void => {
      problems.push({
        origin: {...origin, pointer: origin.pointer + problem.pointer},
        problem: problem.problem,
        message: problem.message,
      });
    };
    if (!isNamed(value['metadata'])) {
      const at = {...origin, pointer: `${origin.pointer}/metadata`};
      const message = '/metadata holds neither `name` nor `generateName`, so that this is no object';
      problems.push({origin: at, problem: 'null', message});
    }
    const object = this.#assembler.read(resource.key, value, report);
    if (object) this.#keep(object, origin, problems);
  }

  #keep(object: KubeObject, origin: Origin, problems: ManifestProblem[]): void {
    object.origin = origin;
    const {kind, metadata} = object;
    this.#manifests.push({origin, kind, ...identity(metadata), problems});
    const workload = templateWorkload(object);
    if (workload) this.#workloads.push(workload);
    // A Pod of a file is a template: no pod is live here.
    const resource = resourceOfKind(object.apiVersion, kind);
    if (!resource || kind === 'Pod') return;
    // The shape of its kind made it.
    if (kind === 'ConfigMap') this.#logMonitor.push(...configsIn(object as ConfigMap));
    // Of ConfigMaps only those are kept that would be read from a cluster, too.
    if (!resource.names || resource.names.includes(metadata.name)) this.#assembler.keep(resource.key, object);
  }
}

/** A Pod or Job may leave its name to the API server. */
function isNamed(metadata: unknown): boolean {
  return isRecord(metadata) && ['name', 'generateName'].some(key => typeof metadata[key] === 'string');
}

function identity({name, namespace}: {name: string; namespace?: string}): {
  name?: string;
  namespace?: string;
} {
  return {...(name && {name}), ...(namespace !== undefined && {namespace})};
}

function syntaxProblem(origin: Origin, error: YamlDocument['errors'][number], text: string): ManifestProblem {
  const {line, column} = error;
  // Templates are the one broken YAML that people hand over knowingly.
  if (/\{\{[-\s]*[.\w(]/.test(text)) {
    const message = `line ${line}: this is a template; render it first, as with \`helm template . | kubectl win lint -\``;
    return {origin: {...origin, line, column}, problem: 'template', message};
  }
  return {
    origin: {...origin, line, column},
    problem: error.problem,
    message: `line ${line}: ${error.message}`,
  };
}

/** Leads evidence back to the lines of the files. */
function fileLocator(documents: ReadonlyMap<string, YamlDocument>): Locate {
  return ref => {
    const {pointer, value} = ref;
    const origin = 'object' in ref ? ref.object.origin : undefined;
    if (!origin) return {evidence: {at: '', pointer, ...(value !== undefined && {value})}};
    const whole = origin.pointer + pointer;
    const document = documents.get(documentId(origin));
    const {line, column} = origin;
    const location =
      line !== undefined && column !== undefined
        ? {file: origin.file, line, column}
        : document
          ? locationIn(origin.file, document, whole)
          : {file: origin.file, line: 1, column: 1};
    const at = origin.document > 0 ? `${origin.file}#${origin.document}` : origin.file;
    return {evidence: {at, pointer: whole, ...(value !== undefined && {value})}, location};
  };
}

function documentId({file, document}: Origin): string {
  return `${document}\0${file}`;
}

function place(file: string, document: YamlDocument): string {
  return `${file}:${document.locate([]).line}`;
}
