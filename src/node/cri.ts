import {escapePointer, fields, flag, isRecord, list, mapOf, text} from '../kube/shape.ts';
import type {Reader} from '../kube/shape.ts';
import {fieldOf} from './items.ts';

/** `cri/version.json`, as `crictl version -o json` prints it. */
export interface CriVersion {
  runtimeName?: string;
  runtimeVersion?: string;
  runtimeApiVersion?: string;
}

const versionShape = fields<CriVersion>({runtimeName: text, runtimeVersion: text, runtimeApiVersion: text});

/** Reads `cri/version.json`. */
export function readCriVersion(value: unknown): CriVersion | undefined {
  return versionShape(value, '', undefined);
}

/** A condition of the runtime, with its place in the file. */
export interface RuntimeCondition {
  type: string;
  status: boolean;
  reason?: string;
  message?: string;
  pointer: string;
}

/** A runtime handler that containerd offers; the default one has an empty name, too. */
export interface RuntimeHandler {
  name: string;
  /** Value of `SandboxIsolation`: 1 is a hypervisor. */
  isolation?: number;
  pointer: string;
}

/** What the CNI plug-in of containerd says of itself. */
export interface CniState {
  /** `OK`, or why no configuration was loaded, with its place. */
  lastLoad?: {text: string; pointer: string};
  binDirs: string[];
  confDir?: string;
  networks: string[];
}

/** `cri/status.json`, as `crictl info -o json` prints it. */
export interface CriStatus {
  conditions: RuntimeCondition[];
  handlers: RuntimeHandler[];
  /** Name of the handler of pods that name none. */
  defaultHandler?: string;
  snapshotter?: string;
  /** Only containerd 1.x tells. */
  sandboxImage?: {text: string; pointer: string};
  cni?: CniState;
}

const conditionShape = fields<Omit<RuntimeCondition, 'pointer'>>(
  {type: text, status: flag, reason: text, message: text},
  {type: '', status: false},
);

/** Reads `cri/status.json`. What stands in `info` stands at the top where crictl printed it, and may be JSON in a string. */
export function readCriStatus(value: unknown): CriStatus | undefined {
  if (!isRecord(value)) return undefined;
  const info = isRecord(value['info']) ? {at: '/info', of: value['info']} : {at: '', of: value};
  const config = parsed(info.of['config']);
  const containerd = fieldOf(config, 'containerd');
  const inText = typeof info.of['config'] === 'string';
  // A pointer cannot lead into a string.
  const configAt = (path: string): string => `${info.at}/config${inText ? '' : path}`;
  const sandboxImage = text(fieldOf(config, 'sandboxImage'), '', undefined);
  const defaultHandler = text(fieldOf(containerd, 'defaultRuntimeName'), '', undefined);
  const snapshotter = text(fieldOf(containerd, 'snapshotter'), '', undefined);
  const cni = cniOf(info);
  return {
    conditions: conditionsOf(value),
    handlers: [...listedHandlers(value), ...configuredHandlers(containerd, configAt)],
    ...(defaultHandler !== undefined && {defaultHandler}),
    ...(snapshotter !== undefined && {snapshotter}),
    ...(sandboxImage !== undefined && {
      sandboxImage: {text: sandboxImage, pointer: configAt('/sandboxImage')},
    }),
    ...(cni && {cni}),
  };
}

/** A condition by its type. */
export function runtimeCondition({conditions}: CriStatus, type: string): RuntimeCondition | undefined {
  return conditions.find(c => c.type === type);
}

function conditionsOf(value: Record<string, unknown>): RuntimeCondition[] {
  const raw = fieldOf(value['status'], 'conditions');
  if (!Array.isArray(raw)) return [];
  return raw.flatMap((item: unknown, i) => {
    const read = conditionShape(item, '', undefined);
    return read ? [{...read, pointer: `/status/conditions/${i}`}] : [];
  });
}

/** containerd 2.x lists its handlers. */
function listedHandlers(value: Record<string, unknown>): RuntimeHandler[] {
  const raw = value['runtimeHandlers'];
  if (!Array.isArray(raw)) return [];
  return raw.flatMap((item: unknown, i) => {
    if (!isRecord(item)) return [];
    const name = typeof item['name'] === 'string' ? item['name'] : '';
    return [{name, pointer: `/runtimeHandlers/${i}`}];
  });
}

/** containerd 1.x shows them in its configuration only. */
function configuredHandlers(containerd: unknown, at: (path: string) => string): RuntimeHandler[] {
  const runtimes = fieldOf(containerd, 'runtimes');
  if (!isRecord(runtimes)) return [];
  return Object.entries(runtimes).map(([name, runtime]) => {
    const isolation = fieldOf(fieldOf(runtime, 'options'), 'SandboxIsolation');
    return {
      name,
      pointer: at(`/containerd/runtimes/${escapePointer(name)}`),
      ...(typeof isolation === 'number' && {isolation}),
    };
  });
}

const texts: Reader<string[]> = list(text);

function cniOf({at, of}: {at: string; of: Record<string, unknown>}): CniState | undefined {
  const config = parsed(of['cniconfig']);
  const load = parsed(of['lastCNILoadStatus']);
  if (config === undefined && typeof load !== 'string') return undefined;
  const confDir = text(fieldOf(config, 'PluginConfDir'), '', undefined);
  const networks = fieldOf(config, 'Networks');
  return {
    ...(typeof load === 'string' && {lastLoad: {text: load, pointer: `${at}/lastCNILoadStatus`}}),
    binDirs: texts(fieldOf(config, 'PluginDirs'), '', undefined) ?? [],
    ...(confDir !== undefined && {confDir}),
    networks: (Array.isArray(networks) ? networks : []).flatMap((n: unknown) => {
      const name = fieldOf(fieldOf(n, 'Config'), 'Name');
      return typeof name === 'string' ? [name] : [];
    }),
  };
}

/** The values of `info` are JSON in strings in the protocol itself, and JSON as crictl prints them. */
function parsed(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*["{[]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/** Texts by name, as labels and annotations are. */
export const textMap: Reader<Record<string, string>> = mapOf(text);
