import {nodesOf} from '../../kube/os.ts';
import {containersOf} from '../../kube/containers.ts';
import type {Node} from '../../kube/types.ts';
import type {SpecView, Workload} from '../../kube/workloads.ts';
import {decisiveSpecs, idOf} from '../../kube/workloads.ts';
import type {PerNode} from '../../node/evidence.ts';
import type {Indexed} from '../../node/items.ts';
import {valueOn} from '../../node/on-node.ts';
import type {NodeProcess} from '../../node/processes.ts';
import {programOf} from '../../node/processes.ts';
import type {Evidence} from '../../snapshot/evidence.ts';
import type {Outcome, Ref} from '../define.ts';
import {defineCheck, fail, pass, ref, skip, specRef} from '../define.ts';
import {fileRefs} from '../each-node.ts';
import {windowsKubeProxies} from '../../kube-proxy/daemons.ts';
import {runsAsService} from './shared/kube-proxy.ts';

const FLAG = '--hostname-override';
const HOSTNAME_LABEL = 'kubernetes.io/hostname';

export default defineCheck({
  id: 'CNI009',
  name: 'kube-proxy-hostname-mismatch',
  severity: 'error',
  since: '0.1.0',
  title: 'kube-proxy runs under another name than its node',
  evidence: ['A', 'N'],
  needs: ['nodes', 'workloads'],
  wants: ['node.processes'],
  passNeeds: ['node.processes'],
  docs: {
    what: 'Reads the DaemonSet of kube-proxy for Windows: it fails where `--hostname-override` is one fixed name for all nodes, or, without an override, where the host name of a Windows node (label `kubernetes.io/hostname`) is not the name of its Node. A script in the image may set it; with the agent the command line of the process that runs on the node is read, which settles it.',
    why: '`kube-proxy` tells local from remote endpoints by node name. Under a wrong one it takes the pods of its own node for remote, makes remote endpoints with their addresses, and so cuts the pods off.',
    fix: [
      'Pass the node name by the downward API: `env: [{name: NODE_NAME, valueFrom: {fieldRef: {fieldPath: spec.nodeName}}}]` and `--hostname-override=$(NODE_NAME)`.',
      'Restart kube-proxy on that node; where pods of it stay cut off, make them anew.',
    ],
    links: [
      'https://kubernetes.io/docs/reference/command-line-tools-reference/kube-proxy/',
      'https://learn.microsoft.com/virtualization/windowscontainers/kubernetes/common-problems',
    ],
  },
  *run({nodes, workloads, wants}) {
    const windows = nodesOf('windows', nodes);
    const proxies = windowsKubeProxies(workloads);
    const overrides = proxies.flatMap(workload =>
      decisiveSpecs(workload).flatMap(view => overridesOf(view).map(o => ({...o, workload}))),
    );
    const fixed = overrides.filter(o => !o.value.includes('$'));
    for (const node of windows) {
      const running = runningAs(node, wants['node.processes']);
      if (running) {
        yield running;
        continue;
      }
      const provider = runsAsService(node);
      if (provider) yield skip(`kube-proxy of ${provider} nodes is no pod`);
      else yield judgeNode(node, {fixed, hasOverride: overrides.length > 0, proxies});
    }
  },
});

interface Override {
  value: string;
  ref: Ref;
}

interface Proxies {
  fixed: readonly (Override & {workload: Workload})[];
  hasOverride: boolean;
  proxies: readonly Workload[];
}

/** By the command line of the process; nothing where it names no node, as a configuration file may. */
function runningAs(node: Node, processes: Evidence<PerNode<Indexed<NodeProcess>[]>>): Outcome | undefined {
  const {name} = node.metadata;
  const proxy = valueOn(processes, name)?.find(p => /^kube-?proxy(?:\.exe)?$/i.test(programOf(p)));
  const override = proxy?.flags?.[FLAG.slice('--'.length)];
  if (!proxy || override === undefined) return undefined;
  if (override.toLowerCase() === name) return pass(node);
  return fail(node, {
    cause: 'runs under another name',
    message: `kube-proxy on ${name} runs as ${override}`,
    evidence: [fileRefs(node)('processes.json', `/${proxy.index}/flags/hostname-override`, override)],
  });
}

function judgeNode(node: Node, {fixed, hasOverride, proxies}: Proxies): Outcome {
  const {name} = node.metadata;
  const wrong = fixed.find(
    o => o.value.toLowerCase() !== name && o.workload.pods.some(p => p.nodeName === name),
  );
  if (wrong) {
    return fail(node, {
      cause: 'fixed override',
      message: `kube-proxy on ${name} runs as ${wrong.value}: its DaemonSet gives every node the same ${FLAG}`,
      workload: idOf(wrong.workload.owner),
      evidence: [wrong.ref],
    });
  }
  const host = node.metadata.labels?.[HOSTNAME_LABEL];
  if (hasOverride || host === undefined || host.toLowerCase() === name) return pass(node);
  const proxy = proxies.find(w => w.pods.some(p => p.nodeName === name));
  // Its start script may pass the name: what the API shows is not proof enough.
  if (!proxy || !saysItsArguments(proxy)) return pass(node);
  return fail(node, {
    cause: 'host name differs',
    message: `kube-proxy on ${name} has no ${FLAG}, and the host calls itself ${host}`,
    workload: idOf(proxy.owner),
    evidence: [ref(node, `/metadata/labels/${HOSTNAME_LABEL.replace('/', '~1')}`, host)],
  });
}

/** Whether the containers name kube-proxy and its flags themselves, and no script does it for them. */
function saysItsArguments(workload: Workload): boolean {
  return decisiveSpecs(workload).every(({spec}) =>
    containersOf(spec).some(({container}) =>
      [...(container.command ?? []), ...(container.args ?? [])].some(word =>
        /kube-proxy(\.exe)?$/i.test(word),
      ),
    ),
  );
}

function overridesOf(view: SpecView): Override[] {
  return containersOf(view.spec).flatMap(({container, pointer}) =>
    (['command', 'args'] as const).flatMap(field =>
      (container[field] ?? []).flatMap((word, i, words) => {
        const value = word.startsWith(`${FLAG}=`)
          ? word.slice(FLAG.length + 1)
          : word === FLAG
            ? words[i + 1]
            : undefined;
        return value === undefined ? [] : [{value, ref: specRef(view, `${pointer}/${field}/${i}`, word)}];
      }),
    ),
  );
}
