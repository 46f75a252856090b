import type {KubeObject} from '../../kube/types.ts';
import type {Evidence} from '../../snapshot/evidence.ts';
import type {Outcome, Ref} from '../define.ts';
import {defineCheck, fail, failSpec, pass, ref, skip, unknown} from '../define.ts';
import type {WindowsVolume} from './shared/windows-volumes.ts';
import {windowsVolumes} from './shared/windows-volumes.ts';

/** `//server/share`, with either slash. */
const SOURCE = /^[\\/]{2}([^\\/]{1,253})/;
/** Names that only the cluster's DNS knows: `smb.default.svc`, `smb.default.svc.cluster.local`. */
const CLUSTER_NAME = /\.svc(\.|$)/i;

/** A share whose server is a name of the cluster. */
interface Share {
  object: KubeObject;
  place: Ref;
  server: string;
}

export default defineCheck({
  id: 'STO006',
  name: 'smb-source-in-cluster',
  severity: 'warning',
  since: '0.1.0',
  title: 'An SMB share is named by a Service, which a Windows node cannot resolve',
  evidence: ['A', 'M'],
  needs: ['workloads'],
  wants: ['persistentVolumes', 'storageClasses', 'persistentVolumeClaims', 'nodes', 'runtimeClasses'],
  docs: {
    what: 'Looks at the `source` of PersistentVolumes, StorageClasses and inline volumes for the name of a Service (`*.svc`). It is an error where a Windows pod uses it. Options such as `dir_mode` and `file_mode`, which manuals put beside it, have no effect on Windows.',
    why: "Windows nodes ask their own DNS server, not the cluster's, so the mount fails with system error 53 (network path not found). Linux nodes often fail alike.",
    fix: [
      'Give the server a name or address that nodes reach: an internal load balancer in front of the Service and its IP in `source`, or a DNS record for it.',
      "A Service's cluster IP works only while kube-proxy on the node keeps it, and not for pods on the node itself.",
    ],
    links: ['https://github.com/kubernetes-csi/csi-driver-smb/issues/294'],
  },
  *run({workloads, wants, source}): Iterable<Outcome> {
    const {persistentVolumes, storageClasses} = wants;
    const volumes = persistentVolumes.ok ? persistentVolumes.value : [];
    const classes = storageClasses.ok ? storageClasses.value : [];
    const shares = new Map<KubeObject, Share>();
    for (const pv of volumes)
      keep(shares, pv, '/spec/csi/volumeAttributes/source', pv.spec.csi?.volumeAttributes?.['source']);
    for (const c of classes) keep(shares, c, '/parameters/source', c.parameters?.['source']);
    const used = new Set<KubeObject>();
    for (const volume of windowsVolumes(workloads, wants)) {
      const share = shareOf(volume, shares);
      if (!share) continue;
      used.add(share.object);
      yield failSpec(volume.workload, {
        severity: 'error',
        cause: 'used-on-windows',
        message: `volume \`${volume.name}\` mounts a share of \`${share.server}\`, a name that only the cluster's DNS knows and a Windows node does not ask`,
        evidence: share.place.pointer === volume.place.pointer ? [share.place] : [volume.place, share.place],
      });
    }
    for (const {object, place, server} of shares.values()) {
      if (used.has(object)) continue;
      yield fail(object, {
        cause: 'unused-on-windows',
        message: `the share is on \`${server}\`, a name that only the cluster's DNS knows and a Windows node does not ask`,
        evidence: [place],
      });
    }
    for (const object of [...volumes, ...classes]) if (!shares.has(object)) yield pass(object);
    if (source === 'files') {
      if (volumes.length + classes.length === 0) yield skip('the input has no volume and no storage class');
      return;
    }
    yield* gapOf('persistentVolumes', persistentVolumes);
    yield* gapOf('storageClasses', storageClasses);
  },
});

function* gapOf(evidence: string, found: Evidence<KubeObject[]>): Iterable<Outcome> {
  const missing = found.ok ? found.partial : found;
  if (!missing) return;
  yield unknown({kind: 'Cluster', name: 'cluster'}, evidence, missing);
}

function keep(
  shares: Map<KubeObject, Share>,
  object: KubeObject,
  pointer: string,
  source: string | undefined,
): void {
  const server = SOURCE.exec(source ?? '')?.[1];
  if (server && CLUSTER_NAME.test(server))
    shares.set(object, {object, place: ref(object, pointer, source), server});
}

function shareOf(
  {volume, view, place, pv, storageClass}: WindowsVolume,
  shares: ReadonlyMap<KubeObject, Share>,
): Share | undefined {
  const source = volume?.csi?.volumeAttributes?.['source'];
  const server = SOURCE.exec(source ?? '')?.[1];
  if (server && CLUSTER_NAME.test(server)) return {object: view.holder, place, server};
  return (pv && shares.get(pv)) ?? (storageClass && shares.get(storageClass));
}
