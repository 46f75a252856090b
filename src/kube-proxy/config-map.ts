import {CORE_SCHEMA, load} from 'js-yaml';
import {escapePointer, isRecord} from '../kube/shape.ts';
import type {ConfigMap} from '../kube/types.ts';
import {isTooDeep} from '../manifests/nesting.ts';
import {once} from '../once/once.ts';

/** A KubeProxyConfiguration (https://kubernetes.io/docs/reference/config-api/kube-proxy-config.v1alpha1/) in a ConfigMap. */
export interface ConfigDocument {
  map: ConfigMap;
  /** Of the text that holds it: `/data/config.conf`. */
  pointer: string;
  fields: Readonly<Record<string, unknown>>;
  /** Whether it is for Windows nodes only: what a shared one leaves empty or off, a start script may have filled in. */
  ofWindows: boolean;
}

/** ConfigMaps that hold one, those for Windows first. */
const NAMES = ['kube-proxy-windows', 'kube-proxy'] as const;
const KIND = /^\s*kind:\s*["']?KubeProxyConfiguration\b/m;

/** The configurations of kube-proxy among ConfigMaps, those for Windows first; what does not parse is left out. */
export const configDocuments = once((maps: readonly ConfigMap[]): readonly ConfigDocument[] =>
  NAMES.flatMap(name => maps.filter(m => m.metadata.name === name).flatMap(documentsIn)),
);

function documentsIn(map: ConfigMap): ConfigDocument[] {
  return Object.entries(map.data ?? {}).flatMap(([key, text]) => {
    if (!KIND.test(text) || isTooDeep(text)) return [];
    const fields = parse(text);
    const ofWindows = map.metadata.name === NAMES[0];
    return isRecord(fields) ? [{map, pointer: `/data/${escapePointer(key)}`, fields, ofWindows}] : [];
  });
}

function parse(text: string): unknown {
  try {
    return load(text, {schema: CORE_SCHEMA});
  } catch {
    return undefined;
  }
}
