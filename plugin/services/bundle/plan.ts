import {secondPath} from '../../../src/bundle/second-look.ts';
import {RESOURCES, apiVersionOf} from '../../../src/kube/resources.ts';
import type {Resource} from '../../../src/kube/resources.ts';
import {nodePath} from '../../../src/node/paths.ts';
import {COLLECTORS} from '../../../src/protocol/collectors.ts';
import type {CollectorSpec} from '../../../src/protocol/collectors.ts';
import {PROBES_FILE} from '../../../src/probes/file.ts';
import {LEG_WORDS} from '../../../src/probes/legs.ts';
import type {ProbeFlags} from '../probes/flags.ts';
import type {BundleFlags} from './flags.ts';
import {proxyRequests} from './node-proxy.ts';

/** What a collection with these flags would read, one request or file a line, and where in the bundle it would stand. */
export function planOf(
  flags: Pick<
    BundleFlags,
    'agent' | 'node-proxy' | 'probe' | 'logs' | 'tail' | 'since' | 'max-log-bytes' | 'confirm'
  >,
): string[] {
  const specs: readonly CollectorSpec[] = COLLECTORS;
  return [
    'GET /version -> cluster-info/cluster_version.json',
    ...DISCOVERY,
    ...RESOURCES.flatMap(requestsOf),
    ...(flags.agent === 'never'
      ? []
      : specs.flatMap(({name, os, files}) =>
          os.flatMap(one => files.map(file => `agent ${name} -> ${nodePath('<node>', one, file)}`)),
        )),
    ...(flags['node-proxy']
      ? proxyRequests({tail: flags.tail}).map(
          ([path, file]) => `GET nodes/<node>/proxy/${path} -> ${nodePath('<node>', 'windows', file)}`,
        )
      : []),
    ...(flags.probe === 'none' || flags.agent === 'never' ? [] : probeLines(flags.probe)),
    ...(flags.logs === 'none' ? [] : [logsLine(flags)]),
    ...(flags.confirm === '0' ? [] : [secondLine(flags.confirm)]),
  ];
}

const DISCOVERY = [
  'GET /apis -> cluster-resources/groups.json',
  'GET /api/v1, /apis/<group>/<version> -> cluster-resources/resources.json',
];

function requestsOf(resource: Resource): string[] {
  const {plural, namespaced, names, onlyIn, path} = resource;
  const version = apiVersionOf(resource);
  const root = resource.group ? `/apis/${version}` : `/api/${version}`;
  const scope = onlyIn === undefined ? '' : `/namespaces/${onlyIn}`;
  const file = namespaced ? `cluster-resources/${path}/<namespace>.json` : `cluster-resources/${path}.json`;
  const url = `GET ${root}${scope}/${plural}`;
  return names
    ? names.map(name => `${url}?fieldSelector=metadata.name=${name} -> ${file}`)
    : [`${url} -> ${file}`];
}

/** Which pods and Services it is, only the cluster tells: `net plan` names them. */
function probeLines(probe: ProbeFlags['probe']): string[] {
  const {outbound: _, ...planned} = LEG_WORDS;
  return Object.values(planned).map(
    what =>
      `agent probes (${probe}; kubectl win net plan --probe ${probe} names each): ${what} -> ${PROBES_FILE}`,
  );
}

function secondLine(after: string): string {
  return `after ${after} what makes a node suspect, again -> ${secondPath('cluster-resources/…')}, ${secondPath(nodePath('<node>', 'windows', '…'))}`;
}

function logsLine({logs, tail, since, 'max-log-bytes': bytes}: Parameters<typeof planOf>[0]): string {
  const whose = logs === 'all' ? 'every container' : 'Windows containers, three pods of a kind';
  const age = since === undefined ? '' : `, of the last ${since}`;
  return `GET log of ${whose}: the last ${tail} lines${age}, of them the last ${bytes} bytes -> cluster-resources/pods/logs/<namespace>/<pod>/<container>[-previous].log`;
}
