import {setTimeout as sleep} from 'node:timers/promises';
import type {LabObject} from '../parts/api.ts';
import type {TestLab} from '../lab.ts';
import {loadObject} from '../scene/load.ts';
import {settled} from '../scene/settle.ts';
import {FAULT_LABEL} from './objects.ts';

/** Names an object of the scene: kind, and `name` or `namespace/name`. */
export type Target = readonly [kind: keyof typeof API_VERSIONS, name: string];

const API_VERSIONS = {
  Node: 'v1',
  Namespace: 'v1',
  Service: 'v1',
  ConfigMap: 'v1',
  Deployment: 'apps/v1',
  DaemonSet: 'apps/v1',
  Role: 'rbac.authorization.k8s.io/v1',
  CSINode: 'storage.k8s.io/v1',
} as const;

const CHILDREN = ['apps/v1/deployments', 'apps/v1/daemonsets', 'apps/v1/replicasets'] as const;

/** Breaks a running lab and mends it again: whatever is done through it is taken back by `undo`, last things first. */
export class Injector {
  readonly #lab: TestLab;
  readonly #undo: (() => Promise<void>)[] = [];

  constructor(lab: TestLab) {
    this.#lab = lab;
  }

  /** Creates objects, status and events included. */
  async create(...objects: LabObject[]): Promise<void> {
    for (const object of objects) {
      await loadObject(this.#lab.api, object);
      this.#undo.push(async () => this.#lab.api.remove(object));
    }
  }

  /** Merges a change into an object, or into its status. */
  async change(target: Target, change: object, subresource: '' | 'status' = ''): Promise<void> {
    const {api} = this.#lab;
    const object = refer(target);
    const {metadata, ...before} = await api.get(object);
    await api.patch(object, change, subresource);
    this.#undo.push(async () => {
      const {resourceVersion: _, managedFields: __, ...kept} = metadata;
      const path = await api.path(object);
      await api.send('PUT', subresource ? `${path}/${subresource}` : path, {...before, metadata: kept});
    });
  }

  /** Does something of its own, and says how to take it back. */
  async run(action: (lab: TestLab) => Promise<void>, undo: (lab: TestLab) => Promise<void>): Promise<void> {
    await action(this.#lab);
    this.#undo.push(async () => undo(this.#lab));
  }

  /** Waits until controllers, scheduler and kwok have done their part. */
  async settle(): Promise<void> {
    await settled(this.#lab.api);
  }

  /** Takes everything back and waits until it is. */
  async undo(): Promise<void> {
    for (const step of this.#undo.toReversed()) await step();
    this.#undo.length = 0;
    await this.#removeChildren();
    await this.settle();
  }

  /** Pods and ReplicaSets of a removed workload would be there for seconds more. */
  async #removeChildren(): Promise<void> {
    const {api} = this.#lab;
    const selector = `labelSelector=${FAULT_LABEL}`;
    const body = {gracePeriodSeconds: 0, propagationPolicy: 'Background'};
    for (;;) {
      const left = await Promise.all(
        [...CHILDREN.map(path => `/apis/${path}`), '/api/v1/pods'].map(async path => {
          // The list that was asked for.
          const {items} = (await api.send('GET', `${path}?${selector}`)) as {
            items: {metadata: {namespace: string; name: string}}[];
          };
          const namespaces = new Set(items.map(item => item.metadata.namespace));
          for (const namespace of namespaces) {
            const [, base, plural] = /^(.*)\/([^/]+)$/.exec(path) ?? [];
            await api.send('DELETE', `${base}/namespaces/${namespace}/${plural}?${selector}`, body);
          }
          return items.length;
        }),
      );
      if (left.every(count => count === 0)) return;
      await sleep(50);
    }
  }
}

function refer([kind, name]: Target): LabObject {
  const [first = '', second] = name.split('/');
  return {
    apiVersion: API_VERSIONS[kind],
    kind,
    metadata: second === undefined ? {name: first} : {namespace: first, name: second},
  };
}
