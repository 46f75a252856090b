import {fields, isRecord, text} from '../kube/shape.ts';
import type {CniPolicy} from './cni-policies.ts';
import {cniPolicies} from './cni-policies.ts';
import {fieldOf, itemsOf} from './items.ts';
import type {ReadJson} from './json.ts';

/** A CNI configuration on a node (`cni/<file>`). */
export interface CniConfig {
  file: string;
  /** Why it is none: no JSON, no list of plug-ins. */
  problem?: string;
  name?: string;
  plugins: {type: string; pointer: string}[];
  /** Policies that it gives to each endpoint. */
  policies: CniPolicy[];
  /** Set where Azure's plug-in gives pods addresses of an overlay (`ipam.mode`: `v4overlay`, `dualStackOverlay`, `overlay`). */
  overlay?: true;
}

/** CNI of a node: its configurations, and the programs in its folder of plug-ins. */
export interface NodeCni {
  configs: CniConfig[];
  /** Names of programs, without `.exe`, in lower case; undefined where the folder could not be listed. */
  programs?: string[];
}

export const NO_CNI: NodeCni = {configs: []};

/** Where the agent lists the folder of plug-ins. */
const BIN = 'cni/bin.json';

const programShape = fields<{name: string}>({name: text}, {name: ''});
const pluginShape = fields<{type: string}>({type: text}, {type: ''});

/** Takes a file of a node's CNI into what is known of it. */
export function takeCni(before: NodeCni, file: string, {value, problem}: ReadJson): NodeCni {
  if (file === BIN) return {...before, programs: programsOf(value)};
  return {...before, configs: [...before.configs, configOf(file, value, problem)]};
}

/** Names, or objects with a name. */
function programsOf(value: unknown): string[] {
  const list = Array.isArray(value) ? value : fieldOf(value, 'files');
  const named = Array.isArray(list)
    ? list.map((item: unknown) => (typeof item === 'string' ? {name: item} : item))
    : [];
  return itemsOf(named, programShape).map(({name}) => name.toLowerCase().replace(/\.exe$/, ''));
}

function configOf(file: string, value: unknown, problem: string | undefined): CniConfig {
  const name = text(fieldOf(value, 'name'), '', undefined);
  const facts = {file, ...(name !== undefined && {name})};
  if (!isRecord(value))
    return {...facts, problem: problem ?? 'it is no JSON object', plugins: [], policies: []};
  const listed = value['plugins'];
  // A `.conflist` has a list of plug-ins, a `.conf` is one (https://www.cni.dev/docs/spec/#section-1-network-configuration-format).
  const plugins = (Array.isArray(listed) ? itemsOf(listed, pluginShape) : []).map(p => ({
    type: p.type,
    pointer: `/plugins/${p.index}/type`,
  }));
  const type = text(value['type'], '', undefined);
  if (type !== undefined && plugins.length === 0) plugins.push({type, pointer: '/type'});
  const fault =
    problem ??
    (plugins.length === 0 ? 'it names no plug-in' : undefined) ??
    (plugins.some(p => p.type === '') ? 'a plug-in of it has no `type`' : undefined) ??
    (name === undefined ? 'it has no `name`' : undefined);
  return {
    ...facts,
    ...(fault !== undefined && {problem: fault}),
    plugins,
    policies: cniPolicies(value),
    ...([value, ...(Array.isArray(listed) ? (listed as unknown[]) : [])].some(hasOverlayIpam) && {
      overlay: true,
    }),
  };
}

function hasOverlayIpam(plugin: unknown): boolean {
  const mode = fieldOf(fieldOf(plugin, 'ipam'), 'mode');
  return typeof mode === 'string' && /overlay$/i.test(mode);
}
