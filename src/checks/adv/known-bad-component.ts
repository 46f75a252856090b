import {COMPONENT_ADVISORIES} from '../../data/advisories.ts';
import {isHypervisorHandler} from '../../data/handlers.ts';
import {PAUSE_IMAGES, splitImage} from '../../data/image-tags.ts';
import {nodesOf, windowsBuild} from '../../kube/os.ts';
import type {Node} from '../../kube/types.ts';
import {fixFor, formatVersion, isFaulty} from '../../kube/version.ts';
import type {Fail} from '../define.ts';
import {defineCheck, fail, pass, ref} from '../define.ts';
import type {Component} from './shared/components.ts';
import {componentsByNode} from './shared/components.ts';

const PAUSE = 'registry.k8s.io/pause';

export default defineCheck({
  id: 'ADV002',
  name: 'known-bad-component',
  severity: 'error',
  since: '0.1.0',
  title: 'Nodes run components with a known fault on Windows',
  evidence: ['A', 'N'],
  needs: ['nodes'],
  wants: ['pods', 'runtimeClasses', 'node.cri.version', 'node.logmonitor'],
  passNeeds: ['node.cri.version', 'node.logmonitor'],
  docs: {
    what: 'Versions of containerd, kube-proxy, csi-proxy, Antrea, Azure CNI and LogMonitor on Windows nodes, by the Node object, the images of their pods, what containerd itself answers, and the programs in running containers, against ranges with a known fault; some count on one build of Windows only. Also pause images without an entry for Server 2025 where a RuntimeClass wants Hyper-V isolation there. A fault that stops traffic is an error, one that shows in some uses a warning or an information.',
    why: 'The fault is known and mended: looking for it in your own configuration is lost time.',
    fix: [
      'Upgrade the component to the release named, or a later one.',
      'With a provider: upgrade the node image of the pool.',
    ],
    links: [
      'https://github.com/kubernetes/kubernetes/tree/master/CHANGELOG',
      'https://containerd.io/releases/',
    ],
  },
  *run({nodes, wants}) {
    const windows = nodesOf('windows', nodes);
    const components = componentsByNode(windows, wants.pods.ok ? wants.pods.value : [], {
      runtimes: wants['node.cri.version'],
      logMonitors: wants['node.logmonitor'],
    });
    const classes = wants.runtimeClasses.ok ? wants.runtimeClasses.value : [];
    const isHyperVUsed = classes.some(c => isHypervisorHandler(c.handler));
    for (const node of windows) {
      const fails = (components.get(node.metadata.name) ?? []).flatMap(c => judge(node, c));
      const pause = isHyperVUsed ? judgePause(node) : undefined;
      if (pause) fails.push(pause);
      if (fails.length === 0) yield pass(node);
      yield* fails;
    }
  },
});

function judge(node: Node, {name, version, proof, where}: Component): Fail[] {
  const build = windowsBuild(node)?.build;
  const known = COMPONENT_ADVISORIES.filter(
    a =>
      a.component === name &&
      isFaulty(version, a) &&
      (!a.builds || (build !== undefined && a.builds.includes(build))),
  );
  return known.map(advisory =>
    fail(node, {
      severity: advisory.severity,
      cause: advisory.id,
      message: `${node.metadata.name} has ${name} ${formatVersion(version)}${where === undefined ? '' : ` ${where}`}: ${advisory.fault}; ${fixFor(version, advisory)} mends it`,
      evidence: [proof],
      fix: [`Upgrade ${name} to ${fixFor(version, advisory)} or later.`],
      links: [...advisory.links],
    }),
  );
}

/** Under Hyper-V the pause image must have the very build of the host. */
function judgePause(node: Node): Fail | undefined {
  const build = windowsBuild(node)?.build;
  const pauses = (node.status.images ?? []).flatMap(({names = []}, i) =>
    names.flatMap((name, j) => {
      const {repository, tag} = splitImage(name);
      const known = repository === PAUSE ? PAUSE_IMAGES.find(p => p.tag === tag) : undefined;
      return known ? [{name, known, pointer: `/status/images/${i}/names/${j}`}] : [];
    }),
  );
  const [first] = pauses;
  if (!first || build === undefined || pauses.some(p => p.known.builds.includes(build))) return undefined;
  return fail(node, {
    cause: 'pause-without-build',
    message: `\`${first.name}\` on ${node.metadata.name} has no entry for build ${build}, so pods under Hyper-V isolation cannot start there`,
    evidence: [ref(node, first.pointer, first.name)],
    fix: ['Set the pause image to `registry.k8s.io/pause:3.10.2` or later in `config.toml` of containerd.'],
    links: ['https://github.com/kubernetes-sigs/windows-testing/pull/557'],
  });
}
