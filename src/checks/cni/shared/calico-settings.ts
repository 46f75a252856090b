import {containersOf} from '../../../kube/containers.ts';
import type {ConfigMap, KubeObject} from '../../../kube/types.ts';
import type {Workload} from '../../../kube/workloads.ts';
import {idOf} from '../../../kube/workloads.ts';
import type {Ref} from '../../define.ts';
import {ref, specRef} from '../../define.ts';

/** A setting of Calico for Windows, and where it stands. */
export interface Setting {
  value: string;
  ref: Ref;
  holder: KubeObject;
  /** Set where it stands in a DaemonSet. */
  workload?: string;
}

const CONFIG_MAP = 'calico-windows-config';

/** Values of a setting of Calico for Windows: from its ConfigMap, and from the environment of its DaemonSets. */
export function calicoSettings(
  name: string,
  configMaps: readonly ConfigMap[],
  daemons: readonly Workload[],
): Setting[] {
  const found: Setting[] = [];
  for (const map of configMaps) {
    const value = map.metadata.name === CONFIG_MAP ? map.data?.[name] : undefined;
    if (value !== undefined) found.push({value, ref: ref(map, `/data/${name}`, value), holder: map});
  }
  for (const workload of daemons) {
    const view = workload.template ?? workload.live[0];
    if (!view) continue;
    for (const {container, pointer} of containersOf(view.spec)) {
      for (const [i, {name: key, value}] of (container.env ?? []).entries()) {
        if (key !== name || value === undefined) continue;
        found.push({
          value,
          ref: specRef(view, `${pointer}/env/${i}/value`, value),
          holder: workload.owner,
          workload: idOf(workload.owner),
        });
      }
    }
  }
  return found;
}
