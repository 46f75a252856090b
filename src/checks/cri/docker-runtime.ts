import {compareVersions, parseVersion} from '../../kube/version.ts';
import {defineCheck, fail, pass, ref} from '../define.ts';
import {noVersion, nodeRuntimes} from './shared/runtimes.ts';

/** The release that removed dockershim: https://kubernetes.io/blog/2022/02/17/dockershim-faq/. */
const WITHOUT_DOCKERSHIM = {major: 1, minor: 24, patch: 0};

export default defineCheck({
  id: 'CRI012',
  name: 'docker-runtime',
  severity: 'info',
  since: '0.1.0',
  title: 'Nodes run containers with Docker',
  evidence: ['A'],
  needs: ['nodes'],
  docs: {
    what: 'Windows nodes whose runtime is `docker://`. Before Kubernetes 1.24 that is dockershim, which is gone: an error. From 1.24 on it is cri-dockerd with Mirantis Container Runtime or Docker: an information.',
    why: 'HostProcess containers and everything built on them need containerd, and logs and errors look different with Docker.',
    fix: ['Replace the nodes by ones with containerd; drain them one after the other.'],
    links: ['https://kubernetes.io/docs/tasks/administer-cluster/migrating-from-dockershim/'],
  },
  *run({nodes}) {
    for (const found of nodeRuntimes(nodes)) {
      const {node, runtime, pointer} = found;
      if (!runtime) yield noVersion(found);
      else if (runtime.name !== 'docker') yield pass(node);
      else {
        const kubelet = parseVersion(node.status.nodeInfo?.kubeletVersion);
        const isShim = kubelet !== undefined && compareVersions(kubelet, WITHOUT_DOCKERSHIM) < 0;
        yield fail(node, {
          severity: isShim ? 'error' : 'info',
          cause: isShim ? 'dockershim' : 'cri-dockerd',
          message: `${node.metadata.name} runs containers with Docker ${runtime.text} through ${isShim ? 'dockershim, which Kubernetes 1.24 removed' : 'cri-dockerd'}`,
          evidence: [ref(node, pointer, node.status.nodeInfo?.containerRuntimeVersion)],
        });
      }
    }
  },
});
