import {fields, list, mapOf, text} from '../kube/shape.ts';
import type {AgentOs} from '../protocol/names.ts';
import type {AgentSettings, RoleSubject, TolerationSpec} from './settings.ts';

/** Where an installation keeps what it was told, for the next one: on the namespace. */
export const SETTINGS_ANNOTATION = 'kubectl-win/settings';

/** What is kept: no key, nothing that is found out anew each time. */
type Stored = Omit<AgentSettings, 'key' | 'ttlSeconds' | 'openShift' | 'clusterTargets'>;

/** Writes settings as the annotation holds them. */
export function storedSettings(settings: AgentSettings): string {
  const {key: _, ttlSeconds: _ttl, openShift: _openShift, clusterTargets: _targets, ...stored} = settings;
  return JSON.stringify(stored satisfies Stored);
}

const subject = fields<RoleSubject>(
  {kind: value => (value === 'User' || value === 'Group' ? value : undefined), name: text},
  {kind: 'User', name: ''},
);
const toleration = fields<TolerationSpec>({
  key: text,
  operator: value => (value === 'Exists' || value === 'Equal' ? value : undefined),
  value: text,
  effect: text,
});
const os = (value: unknown): AgentOs | undefined =>
  value === 'windows' || value === 'linux' ? value : undefined;

const shape = fields<Stored>(
  {
    version: text,
    image: text,
    pullSecrets: list(text),
    os: list(os),
    nodes: list(text),
    nodeSelector: mapOf(text),
    tolerations: list(toleration),
    maxUnavailable: text,
    targets: list(text),
    users: list(subject),
    execUsers: list(subject),
  },
  {
    version: '',
    image: '',
    pullSecrets: [],
    os: ['windows'],
    nodes: [],
    nodeSelector: {},
    tolerations: [],
    maxUnavailable: '10%',
    targets: [],
    users: [],
    execUsers: [],
  },
);

/** Reads the annotation; `undefined` where it is none of ours. */
export function readStoredSettings(annotation: string | undefined): Stored | undefined {
  if (annotation === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(annotation);
    return shape(value, '', undefined);
  } catch {
    return undefined;
  }
}
