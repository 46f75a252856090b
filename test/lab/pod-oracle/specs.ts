import * as fc from 'fast-check';
import type {Spec} from './server.ts';

/** A legal value of each field of the table, alone in a pod. */
const ALONE: Record<string, unknown> = {
  hostPID: true,
  hostIPC: true,
  hostUsers: true,
  shareProcessNamespace: false,
  resources: {},
  appArmorProfile: {type: 'RuntimeDefault'},
  seLinuxOptions: {},
  seccompProfile: {type: 'RuntimeDefault'},
  fsGroup: 0,
  fsGroupChangePolicy: 'Always',
  sysctls: [{name: 'kernel.shm_rmid_forced', value: '1'}],
  runAsUser: 0,
  runAsGroup: 0,
  supplementalGroups: [],
  supplementalGroupsPolicy: 'Merge',
  seLinuxChangePolicy: 'MountOption',
  capabilities: {},
  readOnlyRootFilesystem: false,
  privileged: false,
  allowPrivilegeEscalation: false,
  procMount: 'Default',
};

/** A container that no rule objects to. */
export const container = {name: 'main', image: 'mcr.microsoft.com/windows/nanoserver:ltsc2022'};

/** A pod with one field of the table set. */
export function withField(name: string): Spec {
  const key = name.slice(name.lastIndexOf('.') + 1);
  const field = {[key]: ALONE[key]};
  if (name.startsWith('containers[]')) {
    return {os: {name: 'windows'}, containers: [{...container, securityContext: field}]};
  }
  const rest = name.startsWith('securityContext.') ? {securityContext: field} : field;
  return {os: {name: 'windows'}, containers: [container], ...rest};
}

const flag = fc.boolean();
const id = fc.integer({min: 0, max: 70_000});
const profile = fc.constantFrom({type: 'RuntimeDefault'}, {type: 'Unconfined'});
const maybe = <T>(fields: {[K in keyof T]: fc.Arbitrary<T[K]>}): fc.Arbitrary<Partial<T>> =>
  fc.record(fields, {requiredKeys: []}) as fc.Arbitrary<Partial<T>>;

const containerSecurity = maybe({
  appArmorProfile: profile,
  seLinuxOptions: fc.constantFrom({}, {level: 's0:c123,c456'}),
  seccompProfile: profile,
  capabilities: fc.constantFrom({}, {drop: ['ALL']}, {add: ['NET_ADMIN']}),
  readOnlyRootFilesystem: flag,
  privileged: flag,
  allowPrivilegeEscalation: flag,
  procMount: fc.constant('Default'),
  runAsUser: id,
  runAsGroup: id,
  runAsNonRoot: flag,
  windowsOptions: fc.constant({runAsUserName: 'ContainerUser'}),
});

const podSecurity = maybe({
  appArmorProfile: profile,
  seLinuxOptions: fc.constantFrom({}, {level: 's0:c123,c456'}),
  seccompProfile: profile,
  fsGroup: id,
  fsGroupChangePolicy: fc.constantFrom('Always', 'OnRootMismatch'),
  sysctls: fc.constantFrom([], [{name: 'kernel.shm_rmid_forced', value: '1'}]),
  runAsUser: id,
  runAsGroup: id,
  runAsNonRoot: flag,
  supplementalGroups: fc.array(id, {maxLength: 2}),
  supplementalGroupsPolicy: fc.constantFrom('Merge', 'Strict'),
  seLinuxChangePolicy: fc.constantFrom('MountOption', 'Recursive'),
  windowsOptions: fc.constant({runAsUserName: 'ContainerUser'}),
});

const containers = (name: string, min: number): fc.Arbitrary<Spec[]> =>
  fc.array(fc.option(containerSecurity, {nil: undefined}), {minLength: min, maxLength: 2}).map(all =>
    all.map((securityContext, i) => ({
      name: `${name}-${i}`,
      image: 'mcr.microsoft.com/windows/nanoserver:ltsc2022',
      ...(securityContext && {securityContext}),
    })),
  );

const denseSpec = fc
  .tuple(
    containers('main', 1),
    containers('init', 0),
    maybe({
      hostPID: flag,
      hostIPC: flag,
      hostUsers: flag,
      shareProcessNamespace: flag,
      hostNetwork: flag,
      securityContext: podSecurity,
      resources: fc.constantFrom({}, {limits: {memory: '1Gi'}}),
    }),
  )
  .map(([main, initContainers, rest]): Spec => ({
    os: {name: 'windows'},
    containers: main,
    initContainers,
    ...rest,
  }));

/** Few fields, so that legal pods come up, too. */
const sparseSpec = fc
  .subarray(['hostPID', 'hostIPC', 'containers[].securityContext.runAsUser', 'securityContext.sysctls'], {
    maxLength: 1,
  })
  .chain(names =>
    names[0] === undefined ? fc.constant({containers: [container]}) : fc.constant(withField(names[0])),
  )
  .chain(spec =>
    fc.constantFrom(
      {...spec, os: {name: 'windows'}},
      {...spec, os: {name: 'linux'}},
      {containers: [container]},
    ),
  );

/** Pods for Windows with any of the fields of Linux, and without. */
export const windowsSpec: fc.Arbitrary<Spec> = fc.oneof(
  {weight: 4, arbitrary: denseSpec},
  {weight: 1, arbitrary: sparseSpec},
);
