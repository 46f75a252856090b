import type {KubeProxyConfig} from '../../../kube-proxy/config.ts';
import {kubeProxyConfig} from '../../../kube-proxy/config.ts';
import {windowsKubeProxies} from '../../../kube-proxy/daemons.ts';
import type {SettingPlace} from '../../../kube-proxy/settings.ts';
import type {Node} from '../../../kube/types.ts';
import {valueOn} from '../../../node/on-node.ts';
import type {Evidence} from '../../../snapshot/evidence.ts';
import type {EvidenceMap} from '../../../snapshot/snapshot.ts';
import type {Ref} from '../../define.ts';
import {ref} from '../../define.ts';
import type {SeenNode} from '../../each-node.ts';

/** What says how kube-proxy of a node is set; any of it may be missing. */
export const KUBE_PROXY_WANTS = ['node.processes', 'workloads', 'configMaps'] as const;

/** The configuration of kube-proxy on a node, as far as it is known. */
export function kubeProxyOn(
  node: Node,
  wants: {readonly [K in (typeof KUBE_PROXY_WANTS)[number]]: Evidence<EvidenceMap[K]>},
): KubeProxyConfig {
  return kubeProxyConfig({
    node,
    processes: valueOn(wants['node.processes'], node.metadata.name),
    configMaps: wants.configMaps.ok ? wants.configMaps.value : undefined,
    daemons: wants.workloads.ok ? windowsKubeProxies(wants.workloads.value) : [],
  });
}

/** The place of a setting as a fact that proves something. */
export function settingRef(place: SettingPlace, at: SeenNode<never>['at'], value?: unknown): Ref {
  return 'file' in place ? at(place.file, place.pointer, value) : ref(place.object, place.pointer);
}
