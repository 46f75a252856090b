import type {Pod} from '../../kube/types.ts';
import type {Indexed} from '../../node/items.ts';
import type {Sandbox} from '../../node/sandboxes.ts';
import {MINUTE, duration, millis} from '../../snapshot/time.ts';
import {defineCheck, fail, pass} from '../define.ts';
import {eachNode} from '../each-node.ts';
import {once} from '../../once/once.ts';

/** A kubelet removes what it no longer needs within a minute or two; a slow node may take longer. */
const PATIENCE = 10 * MINUTE;
/** Mirrors of static pods have another UID in the API than on the node. */
const MIRROR = 'kubernetes.io/config.mirror';

export default defineCheck({
  id: 'CRI005',
  name: 'sandbox-stuck',
  severity: 'warning',
  since: '0.1.0',
  title: 'Pod sandboxes are left over on nodes',
  evidence: ['N'],
  needs: ['nodes', 'pods', 'node.cri.sandboxes'],
  perNode: true,
  docs: {
    what: 'Sandboxes of containerd that are older than 10 minutes: those whose pod the API server no longer has, and those that are not ready and not the newest of their pod. The kubelet keeps the newest sandbox of a finished pod, which is as it should be.',
    why: 'They hold network endpoints, addresses and compute systems; a new pod may get an address that the old one still has, and names stay reserved.',
    fix: [
      'See what it is: `crictl inspectp ID` on the node.',
      'Remove it: `crictl stopp ID`, then `crictl rmp ID`.',
      'Where it cannot be removed, drain and reboot the node.',
    ],
    links: ['https://github.com/kubernetes/kubernetes/issues/107561'],
  },
  *run(input) {
    const known = knownPods(input.pods);
    yield* eachNode(input, ['node.cri.sandboxes'], function* ({node, facts, at}) {
      const sandboxes = facts['node.cri.sandboxes'];
      const newest = newestOf(sandboxes);
      let isWell = true;
      for (const sandbox of sandboxes) {
        const age = input.now - (millis(sandbox.createdAt) ?? input.now);
        const fault = age > PATIENCE ? faultOf(sandbox, known, newest) : undefined;
        if (fault === undefined) continue;
        isWell = false;
        yield fail(node, {
          cause: fault,
          message: `${node.metadata.name} has a sandbox of ${sandbox.namespace}/${sandbox.name} that is ${duration(age)} old, ${sandbox.ready ? 'ready' : 'not ready'}, and ${fault}`,
          evidence: [at('cri/sandboxes.json', `/items/${sandbox.index}/id`, sandbox.id)],
          ...(sandbox.createdAt !== undefined && {since: sandbox.createdAt}),
        });
      }
      if (isWell) yield pass(node);
    });
  },
});

const GONE = 'its pod is gone';
const OLD = 'its pod has a newer one';

function faultOf(
  sandbox: Indexed<Sandbox>,
  known: KnownPods,
  newest: ReadonlyMap<string, Indexed<Sandbox>>,
): string | undefined {
  if (!known.has(sandbox)) return GONE;
  return !sandbox.ready && newest.get(sandbox.uid) !== sandbox ? OLD : undefined;
}

class KnownPods {
  readonly #uids: ReadonlySet<string>;
  readonly #mirrors: ReadonlySet<string>;

  constructor(pods: readonly Pod[]) {
    this.#uids = new Set(pods.flatMap(({metadata}) => metadata.uid ?? []));
    this.#mirrors = new Set(
      pods
        .filter(({metadata}) => metadata.annotations?.[MIRROR] !== undefined)
        .map(({metadata}) => `${metadata.namespace}/${metadata.name}`),
    );
  }

  has({uid, namespace, name}: Sandbox): boolean {
    return this.#uids.has(uid) || this.#mirrors.has(`${namespace}/${name}`);
  }
}

const knownPods = once((pods: readonly Pod[]): KnownPods => new KnownPods(pods));

function newestOf(sandboxes: readonly Indexed<Sandbox>[]): Map<string, Indexed<Sandbox>> {
  const newest = new Map<string, Indexed<Sandbox>>();
  for (const sandbox of sandboxes) {
    const known = newest.get(sandbox.uid);
    if (!known || (millis(sandbox.createdAt) ?? 0) > (millis(known.createdAt) ?? 0)) {
      newest.set(sandbox.uid, sandbox);
    }
  }
  return newest;
}
