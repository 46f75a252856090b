import {classifyError} from '../../data/errors.ts';
import type {Node} from '../../kube/types.ts';
import type {CriStatus} from '../../node/cri.ts';
import {runtimeCondition} from '../../node/cri.ts';
import {valueOn} from '../../node/on-node.ts';
import type {Outcome} from '../define.ts';
import {defineCheck, fail, pass, ref} from '../define.ts';
import {fileRefs} from '../each-node.ts';
import {notReady} from '../../kube/node-conditions.ts';
import {nodesOf} from '../../kube/os.ts';

const WORDS = ['NetworkReady=false', 'NetworkPluginNotReady', 'container runtime network not ready'];

export default defineCheck({
  id: 'CRI002',
  name: 'runtime-network-not-ready',
  severity: 'error',
  since: '0.1.0',
  title: 'containerd has no pod network',
  evidence: ['N', 'A'],
  needs: ['nodes'],
  wants: ['node.cri.status'],
  passNeeds: ['node.cri.status'],
  docs: {
    what: 'NetworkReady of containerd, as the kubelet copies it into the Ready condition of each Windows node. With the agent also `lastCNILoadStatus`, which names the file that containerd could not load.',
    why: 'No pod with an address of its own starts on the node; HostProcess and host network pods still do.',
    fix: [
      'Look at the CNI pod of that node: `kubectl get pods -A -o wide --field-selector spec.nodeName=NODE`.',
      'Compare `conf_dir` and `bin_dir` in `config.toml` of containerd with where the CNI writes.',
    ],
    links: [
      'https://kubernetes.io/docs/concepts/extend-kubernetes/compute-storage-net/network-plugins/',
      'https://github.com/containerd/containerd/blob/main/docs/cri/config.md',
    ],
  },
  *run({nodes, wants}) {
    for (const node of nodesOf('windows', nodes)) {
      const found = notReady(node);
      const {message = '', lastTransitionTime} = found?.condition ?? {};
      if (!found || !WORDS.some(words => message.includes(words))) {
        const status = valueOn(wants['node.cri.status'], node.metadata.name);
        yield status ? byRuntime(node, status) : pass(node);
        continue;
      }
      const known = classifyError(message);
      yield fail(node, {
        cause: known?.id ?? 'network-not-ready',
        message: `containerd on ${node.metadata.name} has no pod network: ${known?.meaning ?? saidOf(message)}`,
        evidence: [ref(node, `${found.pointer}/message`, message)],
        ...(known && {fix: [...known.remedy], links: [...known.links]}),
        ...(lastTransitionTime !== undefined && {since: lastTransitionTime}),
      });
    }
  },
});

/** What the runtime itself says of its network. */
function byRuntime(node: Node, status: CriStatus): Outcome {
  const condition = runtimeCondition(status, 'NetworkReady');
  if (!condition || condition.status) return pass(node);
  const at = fileRefs(node);
  const load = status.cni?.lastLoad;
  const words = load && load.text !== 'OK' ? load.text : (condition.message ?? '');
  const known = classifyError(words);
  return fail(node, {
    cause: known?.id ?? 'network-not-ready',
    message: `containerd on ${node.metadata.name} has no pod network: ${known?.meaning ?? words}`,
    evidence: [
      at('cri/status.json', `${condition.pointer}/status`, false),
      ...(load ? [at('cri/status.json', load.pointer, load.text)] : []),
    ],
    ...(known && {fix: [...known.remedy], links: [...known.links]}),
  });
}

const MARK = 'message:';

/** The plug-in's own words inside the kubelet's. */
function saidOf(message: string): string {
  const at = message.indexOf(MARK);
  const said = at === -1 ? message : message.slice(at + MARK.length);
  return said.trim().replace(/\.$/, '');
}
