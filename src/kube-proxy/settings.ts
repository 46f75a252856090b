import {containersOf} from '../kube/containers.ts';
import {isRecord} from '../kube/shape.ts';
import type {KubeObject} from '../kube/types.ts';
import type {SpecView, Workload} from '../kube/workloads.ts';
import {decisiveSpecs} from '../kube/workloads.ts';
import type {Indexed} from '../node/items.ts';
import type {NodeProcess} from '../node/processes.ts';
import type {ConfigDocument} from './config-map.ts';

/** Where a setting was read: in a file of the node, or in an object of the API. */
export type SettingPlace = {file: string; pointer: string} | {object: KubeObject; pointer: string};

/** A setting of kube-proxy on one node. */
export interface Setting<T> {
  value: T;
  /** Absent: it was not set, and this is what kube-proxy takes then. */
  place?: SettingPlace;
}

/** Texts of settings, wherever kube-proxy of one node takes them from. */
export interface SettingSources {
  running: Indexed<NodeProcess> | undefined;
  /** DaemonSet that runs it, where one does. */
  workload: Workload | undefined;
  documents: readonly ConfigDocument[];
}

/** A setting as text: what stands where kube-proxy looks for it, `unset`, or undefined where that is not known. */
export type TextSetting = Setting<string> | 'unset' | undefined;

/**
 * Finds a setting by its flag and by its path in a configuration file. A file given by `--config` makes kube-proxy ignore
 * most flags; it lies on the node, so that its ConfigMap says what is set, and of what is not set nothing, as start scripts
 * fill that in.
 */
export function findSetting(sources: SettingSources, flag: string, path: readonly string[]): TextSetting {
  const {running, workload, documents} = sources;
  const flags = running?.flags ?? argumentsOf(workload);
  const given = flags?.[flag];
  const hasFile = flags && Object.hasOwn(flags, 'config');
  if (given !== undefined && (!hasFile || flag === 'hostname-override')) {
    // Shells and the kubelet put values in place of variables: what stands here is not what arrives.
    return /[$%]/.test(given) ? undefined : {value: given, ...placeOfFlag(running, flag)};
  }
  if (flags && !hasFile) return 'unset';
  for (const document of documents) {
    const value = valueAt(document.fields, path);
    if (value === undefined || (!document.ofWindows && (value === '' || value === 'false'))) continue;
    return value === '' ? undefined : {value, place: {object: document.map, pointer: document.pointer}};
  }
  return undefined;
}

function placeOfFlag(running: Indexed<NodeProcess> | undefined, flag: string): {place?: SettingPlace} {
  if (!running?.flags) return {};
  return {place: {file: 'processes.json', pointer: `/${running.index}/flags/${flag}`}};
}

/** A scalar of a configuration as text; lists of texts with commas, as flags have them. */
function valueAt(fields: unknown, path: readonly string[]): string | undefined {
  let value: unknown = fields;
  for (const key of path) value = isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number'
    ? String(value)
    : undefined;
}

const known = new WeakMap<Workload, {flags: Record<string, string> | undefined}>();

/** Flags that the specification itself gives; undefined where a script starts kube-proxy and may give others. */
function argumentsOf(workload: Workload | undefined): Record<string, string> | undefined {
  if (!workload) return undefined;
  let found = known.get(workload);
  if (!found) known.set(workload, (found = {flags: readArguments(decisiveSpecs(workload))}));
  return found.flags;
}

function readArguments(views: readonly SpecView[]): Record<string, string> | undefined {
  for (const {spec} of views) {
    for (const {container} of containersOf(spec)) {
      const words = [...(container.command ?? []), ...(container.args ?? [])];
      if (!words.some(word => /kube-proxy(?:\.exe)?$/i.test(word))) continue;
      return Object.fromEntries(
        words.flatMap((word, i) => {
          const [, name = '', value] = /^--?([\w-]+)(?:=(.*))?$/s.exec(word) ?? [];
          if (name === '') return [];
          const next = words[i + 1];
          return [[name, value ?? (next === undefined || next.startsWith('-') ? 'true' : next)]];
        }),
      );
    }
  }
  return undefined;
}

/** The value of an environment variable of a DaemonSet, and where it stands. */
export function environmentOf(workload: Workload | undefined, name: string): Setting<string> | undefined {
  for (const view of workload ? decisiveSpecs(workload) : []) {
    for (const {container, pointer} of containersOf(view.spec)) {
      const at = container.env?.findIndex(e => e.name === name && e.value !== undefined) ?? -1;
      const value = container.env?.[at]?.value;
      if (!value || /[$%]/.test(value)) continue;
      return {value, place: {object: view.holder, pointer: `${view.path}${pointer}/env/${at}/value`}};
    }
  }
  return undefined;
}
