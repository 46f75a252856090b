import type {Pod} from '../../kube/types.ts';
import {programOf} from '../../node/processes.ts';
import {serviceNamed} from '../../node/services.ts';
import {defineCheck, fail, pass, ref, skip} from '../define.ts';
import {eachNode} from '../each-node.ts';
import {once} from '../../once/once.ts';

/** Pipes of csi-proxy that node plug-ins mount: `\\.\pipe\csi-proxy-disk-v1`. */
const PIPE = /pipe[\\/]csi-proxy-/i;
const PROGRAM = /^csi-?proxy(?:\.exe)?$/i;

export default defineCheck({
  id: 'STO002',
  name: 'csi-proxy-stopped',
  severity: 'error',
  since: '0.1.0',
  title: 'csi-proxy does not run where storage drivers need it',
  evidence: ['N'],
  needs: ['nodes', 'pods', 'node.services', 'node.processes'],
  perNode: true,
  docs: {
    what: 'Windows nodes with a pod of a storage driver that mounts a pipe of csi-proxy: the service, or a process of csi-proxy in a HostProcess pod, must run there. Newer drivers run as HostProcess containers themselves and need none.',
    why: 'Volumes of that driver are neither mounted nor unmounted: pods stay in ContainerCreating or Terminating.',
    fix: [
      'On the node: `Start-Service csi-proxy`, and see that it starts by itself.',
      'Or use a version of the driver that runs as a HostProcess container.',
    ],
    links: ['https://github.com/kubernetes-csi/csi-proxy'],
  },
  *run(input) {
    const users = usersByNode(input.pods);
    yield* eachNode(input, ['node.services', 'node.processes'], function* ({node, facts, at}) {
      const {name} = node.metadata;
      const user = users.get(name);
      if (!user) {
        yield skip('no pod of the node mounts a pipe of csi-proxy');
        return;
      }
      const service = serviceNamed(facts['node.services'], 'csi-proxy', 'csiproxy');
      const runs = facts['node.processes'].some(p => PROGRAM.test(programOf(p)));
      if (runs || service?.state === 'Running') yield pass(node);
      else {
        yield fail(node, {
          cause: service ? 'stopped' : 'not installed',
          message: `csi-proxy ${service ? `is ${service.state ?? 'in an unknown state'}` : 'is not there'} on ${name}, and ${user.pod.metadata.namespace ?? ''}/${user.pod.metadata.name} needs it`,
          evidence: [
            ref(user.pod, `/spec/volumes/${user.index}/hostPath/path`, user.path),
            ...(service ? [at('services.json', `/${service.index}/state`, service.state)] : []),
          ],
        });
      }
    });
  },
});

interface User {
  pod: Pod;
  index: number;
  path: string;
}

/** The first pod of each node that mounts a pipe of csi-proxy, and which of its volumes does. */
const usersByNode = once((pods: readonly Pod[]): ReadonlyMap<string, User> => {
  const users = new Map<string, User>();
  for (const pod of pods) {
    const {nodeName} = pod;
    if (nodeName === undefined || users.has(nodeName)) continue;
    const volumes = pod.spec.volumes ?? [];
    const index = volumes.findIndex(v => PIPE.test(v.hostPath?.path ?? ''));
    const path = volumes[index]?.hostPath?.path;
    if (path !== undefined) users.set(nodeName, {pod, index, path});
  }
  return users;
});
