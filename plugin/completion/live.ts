import {containersOf} from '../../src/kube/containers.ts';
import {SHAPES} from '../../src/kube/shapes.ts';
import {isRecord} from '../../src/kube/shape.ts';
import {accessOptions} from '../services/access.ts';
import type {Access, AccessOptions} from '../kube/access.ts';
import {HttpApiReader} from '../kube/api-reader.ts';
import {kubeconfigOf, loadKubeconfig} from '../kube/kubeconfig.ts';
import type {CommandLine} from './command-line.ts';

/** A kind of object whose names are completed. */
export type NamedKind = 'namespaces' | 'nodes' | 'pods' | 'serviceaccounts' | 'services';

/** Where words come from that only the kubeconfig and the cluster know. Every answer is empty where there is none. */
export interface LiveNames {
  contexts(): string[];
  clusters(): string[];
  users(): string[];
  /** Names of objects; of the namespace that was typed or is current, where the kind has one. */
  names(kind: NamedKind): Promise<string[]>;
  /** `NAMESPACE/NAME` of objects of every namespace, or of the one that was typed. */
  namespacedNames(kind: NamedKind): Promise<string[]>;
  containers(pod: string): Promise<string[]>;
  /** Cluster IPs of Services. */
  clusterIps(): Promise<string[]>;
}

/** Who presses Tab waits no longer. */
const DEADLINE_MS = 2000;
/** A shell shows no more than these usefully. */
const LIMIT = 500;
/** Heads of objects alone (https://kubernetes.io/docs/reference/using-api/api-concepts/#metadata-only-fetches). */
const HEADS = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json';

/** Names from the cluster that the command line means, as whom it says. Nothing is ever reported: a Tab is no place for errors. */
export function liveNames({values}: CommandLine): LiveNames {
  const options = accessOf(values);
  const typed = values.get('namespace')?.at(-1);
  const config = (): ReturnType<typeof kubeconfigOf> | undefined => quietly(() => kubeconfigOf(options));
  const ask = async (pathOf: (access: Access) => string, accept = HEADS): Promise<unknown[]> => {
    const access = quietly(() => loadKubeconfig(options));
    if (!access) return [];
    const reader = new HttpApiReader(access);
    try {
      const {text} = await reader.get(pathOf(access), {signal: AbortSignal.timeout(DEADLINE_MS), accept});
      const answer: unknown = JSON.parse(text);
      return isRecord(answer) && Array.isArray(answer['items']) ? answer['items'] : [];
    } catch {
      return [];
    } finally {
      await reader.close();
    }
  };
  return {
    contexts: () => [...(config()?.contexts.keys() ?? [])],
    clusters: () => [...(config()?.clusters.keys() ?? [])],
    users: () => [...(config()?.users.keys() ?? [])],
    async names(kind) {
      const isGlobal = kind === 'nodes' || kind === 'namespaces';
      const list = await ask(({namespace}) => {
        return `/api/v1/${isGlobal ? '' : `namespaces/${encodeURIComponent(namespace)}/`}${kind}?limit=${LIMIT}`;
      });
      return headsOf(list).map(({name}) => name);
    },
    async namespacedNames(kind) {
      const within = typed === undefined ? '' : `namespaces/${encodeURIComponent(typed)}/`;
      const list = await ask(() => `/api/v1/${within}${kind}?limit=${LIMIT}`);
      return headsOf(list).map(({namespace, name}) => `${namespace}/${name}`);
    },
    async containers(pod) {
      const [found] = await ask(
        ({namespace}) =>
          `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods?fieldSelector=${encodeURIComponent(`metadata.name=${pod}`)}`,
        'application/json',
      );
      const read = SHAPES.pods(found, '', undefined);
      return read ? containersOf(read.spec).map(({container}) => container.name) : [];
    },
    async clusterIps() {
      const services = await ask(() => `/api/v1/services?limit=${LIMIT}`, 'application/json');
      return services
        .flatMap(raw => SHAPES.services(raw, '', undefined)?.spec.clusterIPs ?? [])
        .filter(isAddress);
    },
  };
}

/** A headless Service says `None`. */
function isAddress(ip: string): boolean {
  return ip !== 'None';
}

function quietly<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

/** The flags that say which cluster, of those that were typed; the environment's count as they do for the command itself. */
function accessOf(values: CommandLine['values']): AccessOptions {
  const flag = (name: string): string | undefined =>
    values.get(name)?.at(-1) ?? process.env[`KUBECTL_WIN_${name.toUpperCase().replaceAll('-', '_')}`];
  return accessOptions({
    kubeconfig: flag('kubeconfig'),
    context: flag('context'),
    cluster: flag('cluster'),
    user: flag('user'),
    server: flag('server'),
    token: flag('token'),
    as: flag('as'),
    'as-uid': flag('as-uid'),
    'as-group': values.get('as-group')?.slice(),
    'certificate-authority': flag('certificate-authority'),
    'tls-server-name': flag('tls-server-name'),
    namespace: flag('namespace'),
    verbose: 0,
  });
}

function headsOf(items: readonly unknown[]): {namespace: string; name: string}[] {
  return items.flatMap(item => {
    const metadata = isRecord(item) ? item['metadata'] : undefined;
    if (!isRecord(metadata) || typeof metadata['name'] !== 'string') return [];
    const {name, namespace} = metadata;
    return [{name, namespace: typeof namespace === 'string' ? namespace : ''}];
  });
}
