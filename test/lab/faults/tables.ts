import type {FaultTable} from './fault.ts';
import {kubeletFaults} from './kubelet.ts';
import {nodeFaults} from './nodes.ts';
import {placementFaults} from './placement.ts';
import {podFaults} from './pods.ts';
import {aksFaults, buildFarmFaults, eksFaults, gkeFaults} from './providers.ts';
import {storageFaults} from './storage.ts';

/** Every fault, by the scene that it is injected into. */
export const FAULT_TABLES: readonly FaultTable[] = [
  {
    scene: 'healthy',
    faults: [...placementFaults, ...podFaults, ...nodeFaults, ...kubeletFaults, ...storageFaults],
  },
  {scene: 'aks', faults: aksFaults},
  {scene: 'eks', faults: eksFaults},
  {scene: 'gke', faults: gkeFaults},
  {scene: 'ci-farm', faults: buildFarmFaults},
];
