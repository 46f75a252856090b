import type {AgentSettings, RoleSubject, TolerationSpec} from '../../src/agent-manifests/settings.ts';
import {EXIT} from '../../src/report/exit.ts';
import {defaultImage} from '../agent/image.ts';
import {UserError} from '../errors.ts';
import {durationMs} from '../kube/request-timeout.ts';
import {toolVersion} from '../version.ts';

/** Flags of `agent install` and `agent manifest` that say what is installed. */
export interface InstallFlags {
  node?: string[] | undefined;
  'node-selector'?: string | undefined;
  linux: boolean;
  toleration?: string[] | undefined;
  image?: string | undefined;
  'image-pull-secret'?: string[] | undefined;
  'max-unavailable': string;
  'allow-target'?: string[] | undefined;
  ttl?: string | undefined;
  'bind-user'?: string[] | undefined;
  'bind-group'?: string[] | undefined;
  'bind-exec-user'?: string[] | undefined;
  'bind-exec-group'?: string[] | undefined;
}

/** What the flags say; what only the cluster knows is added by whoever asks it. Throws a `UserError`. */
export function settingsOf(flags: InstallFlags): AgentSettings {
  const ttlSeconds = flags.ttl === undefined ? undefined : secondsOf('ttl', flags.ttl);
  return {
    version: toolVersion(),
    image: flags.image ?? defaultImage(),
    pullSecrets: flags['image-pull-secret'] ?? [],
    os: flags.linux ? ['windows', 'linux'] : ['windows'],
    nodes: flags.node ?? [],
    nodeSelector: labelsOf(flags['node-selector']),
    tolerations: tolerationsOf(flags.toleration),
    maxUnavailable: shareOf(flags['max-unavailable']),
    targets: flags['allow-target'] ?? [],
    ...(ttlSeconds !== undefined && {ttlSeconds}),
    users: subjectsOf(flags['bind-user'], flags['bind-group']),
    execUsers: subjectsOf(flags['bind-exec-user'], flags['bind-exec-group']),
    openShift: false,
    clusterTargets: [],
  };
}

/** Seconds of a flag's time. */
export function secondsOf(flag: string, value: string): number {
  const ms = durationMs(value);
  if (ms === undefined || ms < 1000) throw misuse(`--${flag} ${value}`, 'is no time', 'write 90s, 30m or 2h');
  return Math.round(ms / 1000);
}

/** Equality only: a DaemonSet's `nodeSelector` knows nothing else. */
function labelsOf(text: string | undefined): Record<string, string> {
  const pairs = (text ?? '').split(',').filter(Boolean);
  return Object.fromEntries(
    pairs.map(pair => {
      const match = /^([^\s=!]+)==?([^\s=!]*)$/.exec(pair.trim());
      if (!match)
        throw misuse(`--node-selector ${text}`, 'is no list of labels', 'write key=value,key=value');
      return [match[1] ?? '', match[2] ?? ''];
    }),
  );
}

/** As in a pod's spec; where nobody names any, agents go to every node, tainted or not. */
function tolerationsOf(texts: readonly string[] | undefined): TolerationSpec[] {
  if (!texts) return [{operator: 'Exists'}];
  return texts.map(text => {
    const match = /^([^\s=:]+)(?:=([^\s:]*))?(?::(NoSchedule|PreferNoSchedule|NoExecute))?$/.exec(text);
    if (!match) throw misuse(`--toleration ${text}`, 'is no toleration', 'write key=value:NoSchedule');
    const [, key = '', value, effect] = match;
    return {
      key,
      ...(value === undefined ? {operator: 'Exists' as const} : {operator: 'Equal' as const, value}),
      ...(effect !== undefined && {effect}),
    };
  });
}

function shareOf(text: string): string {
  if (/^[1-9]\d{0,4}$/.test(text) || /^(?:100|[1-9]\d?)%$/.test(text)) return text;
  throw misuse(`--max-unavailable ${text}`, 'is neither a number nor a share', 'write 5 or 10%');
}

function subjectsOf(users: readonly string[] = [], groups: readonly string[] = []): RoleSubject[] {
  return [
    ...users.map(name => ({kind: 'User' as const, name})),
    ...groups.map(name => ({kind: 'Group' as const, name})),
  ];
}

function misuse(what: string, fault: string, fix: string): UserError {
  return new UserError(`\`${what}\` ${fault}`, {code: 'bad-flag', fix: [fix], exitCode: EXIT.usage});
}
