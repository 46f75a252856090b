import type {LinkFault} from '../../probes/failing.ts';
import {linkSentence} from '../../probes/verdict.ts';
import {count} from '../../text/words.ts';
import type {Fail} from '../define.ts';
import {defineCheck, pass} from '../define.ts';
import {LINK_LEGS, isHostReached, linksOf} from './shared/links.ts';
import {lossesOf, refOf} from './shared/outcomes.ts';
import type {Seen} from './shared/seen.ts';
import {NET_WANTS, seenOf} from './shared/seen.ts';

export default defineCheck({
  id: 'NET011',
  name: 'node-isolated',
  severity: 'error',
  since: '0.1.0',
  title: 'Nodes are cut off from the pod network',
  evidence: ['P', 'A'],
  needs: ['probes'],
  wants: NET_WANTS,
  docs: {
    what: 'Of all connections between nodes finds what they have in common: a node to or from which nothing goes, in one direction or in both, zones and racks to or from which nothing goes, and those between which nothing goes. A connection that is refused has arrived. The hosts themselves are tried by the kubelet’s port, which tells the network of pods from the one below it.',
    why: 'Everything that runs there is cut off; the failures of Services and DNS that one sees elsewhere follow from it.',
    fix: [
      'Where the host is reached and its pods are not, look at the network of pods there: `kubectl win hns check --node NODE`, the agent of the CNI, UDP 4789 or 8472 (VXLAN), or the routes of pods in the cloud.',
      'Where the host is not reached either, look at the node itself and at its firewall.',
      'Keep new pods off meanwhile: `kubectl cordon NODE`.',
    ],
    links: [
      'https://kubernetes.io/docs/concepts/services-networking/windows-networking/',
      'https://learn.microsoft.com/virtualization/windowscontainers/kubernetes/common-problems',
    ],
  },
  many: (fails, subjects) =>
    `${count(subjects, 'node')} ${subjects === 1 ? 'is' : 'are'} cut off, such as: ${fails[0]?.message ?? ''}`,
  *run(input) {
    const seen = seenOf(input);
    yield* lossesOf(seen, LINK_LEGS);
    const fails = seen.faults.flatMap(fault => failsOf(fault, seen));
    yield* fails;
    const failed = new Set(fails.map(f => f.node));
    for (const node of new Set(seen.tried(...LINK_LEGS).map(t => t.probe.to.node ?? '')))
      if (!failed.has(node)) yield pass({kind: 'Node', name: node});
  },
});

const CAUSES = {
  isolated: 'both directions',
  'receives-nothing': 'receives nothing',
  'sends-nothing': 'sends nothing',
  'group-isolated': 'both directions',
  'group-receives-nothing': 'receives nothing',
  'group-sends-nothing': 'sends nothing',
} as const;
/** More would say the same. */
const MOST_FACTS = 3;

function failsOf(fault: LinkFault, seen: Seen): Fail[] {
  const evidence = linksOf(fault, seen).slice(0, MOST_FACTS).map(refOf);
  if (fault.kind === 'link') return [];
  if (fault.kind === 'between-groups') {
    const [place] = /^(?:zone|rack)/.exec(fault.from) ?? [];
    if (place === undefined) return [];
    const nodes = new Set(linksOf(fault, seen).map(l => l.probe.to.node ?? ''));
    const facts = {cause: `between ${place}s`, message: linkSentence(fault), evidence};
    return [...nodes].map(name => ({status: 'fail', subject: {kind: 'Node', name}, node: name, ...facts}));
  }
  if ('group' in fault) {
    const [place = 'group'] = fault.group.split(' ');
    const facts = {cause: `${place}: ${CAUSES[fault.kind]}`, message: linkSentence(fault), evidence};
    return fault.nodes.map(name => ({status: 'fail', subject: {kind: 'Node', name}, node: name, ...facts}));
  }
  const {node, kind} = fault;
  const host = isHostReached(node, seen);
  const below =
    host === undefined
      ? ''
      : host
        ? '; its host is reached, so the network of pods is at fault'
        : '; its host is not reached either';
  return [
    {
      status: 'fail',
      subject: {kind: 'Node', name: node},
      node,
      cause: CAUSES[kind],
      message: `${linkSentence(fault)}${onlyPod(fault, seen)}${below}`,
      evidence,
    },
  ];
}

/** Where one pod alone was tried, it may be that one. */
function onlyPod(fault: LinkFault, seen: Seen): string {
  if (fault.kind !== 'receives-nothing') return '';
  const pods = new Set(linksOf(fault, seen).map(({probe: {to}}) => `${to.of.namespace ?? ''}/${to.of.name}`));
  const [only] = pods;
  return pods.size === 1 ? `; pod ${only} alone was tried` : '';
}
