import type {Leg} from '../../probes/types.ts';
import type {Tried} from '../../probes/verdict.ts';
import {placeText, wordsOf} from '../../probes/verdict.ts';
import {count} from '../../text/words.ts';
import type {Fail} from '../define.ts';
import {defineCheck} from '../define.ts';
import type {FromNode} from '../net/shared/outcomes.ts';
import {eachVantage, failOf, refOf, sentenceOf, targetSubject} from '../net/shared/outcomes.ts';
import {isRefusedName} from '../net/shared/names.ts';
import {NET_WANTS} from '../net/shared/seen.ts';

const LEGS: readonly Leg[] = ['dns-vip', 'dns-backend', 'full-name', 'headless-name'];

export default defineCheck({
  id: 'DNS001',
  name: 'cluster-dns-unreachable',
  severity: 'error',
  since: '0.1.0',
  title: 'Cluster DNS does not answer pods',
  evidence: ['P', 'A'],
  needs: ['probes'],
  wants: NET_WANTS,
  docs: {
    what: 'From inside a pod of each node asks cluster DNS for names of Services, over UDP and TCP, by its Service and by single pods of it. It fails where neither the Service nor a pod answers, where one of the protocols or one of the pods does not, and where a name of a Service is not found though others are. Where the Service is silent and its pods answer that is DNS002.',
    why: 'Names are not found, always or now and then: a dead DNS pod costs every second query, and a lost protocol the long answers.',
    fix: [
      'See the pods of DNS: `kubectl get pods -n kube-system -l k8s-app=kube-dns -o wide`, and their logs.',
      'Where the network of the node is at fault, other connections fail, too: `kubectl win net check --node NODE`.',
      'Let UDP and TCP port 53 pass between the nodes: security groups often have TCP alone.',
    ],
    links: [
      'https://kubernetes.io/docs/tasks/administer-cluster/dns-debugging-resolution/',
      'https://github.com/Azure/AKS/issues/2988',
    ],
  },
  many: (fails, subjects) =>
    `Cluster DNS fails pods in ${count(fails.length, 'case')} (${count(subjects, 'subject')}), such as: ${fails[0]?.message ?? ''}`,
  *run(input) {
    yield* eachVantage(input, LEGS, function* (from) {
      const vip = of(from, 'dns-vip');
      const backends = of(from, 'dns-backend');
      const worked = vip.filter(t => t.result.ok);
      const answers = backends.some(t => t.result.ok);
      if (vip.length > 0 && worked.length === 0) {
        if (!answers) yield silent(from, vip, backends);
        return;
      }
      for (const [host, one] of Map.groupBy(vip, t => t.probe.to.host)) {
        const own = backends.filter(b => isIPv6(b) === host.includes(':'));
        const dead = own.filter(t => !t.result.ok);
        // Where one of its pods is dead or out of reach, the tries of one protocol may all have gone to that one.
        const isMixed = one.some(t => t.result.ok) ? answers : dead.length < own.length;
        const isDoubtful = dead.length > 0 && (isMixed || dead.some(t => from.seen.isWayLost(t.probe)));
        const told = isDoubtful ? [] : [...protocols(from, one, worked)];
        yield* told;
        // They are asked over UDP: where none answers, that is what fails.
        if (answers && worked.length > 0 && told.length === 0) yield* deadBackends(from, dead);
      }
      if (worked.length > 0) yield* lostNames(from);
    });
  },
});

function of({tried}: FromNode, leg: Leg): Tried[] {
  return tried.filter(t => t.probe.leg === leg);
}

function isIPv6({probe}: Tried): boolean {
  return probe.to.host.includes(':');
}

/** Nobody answers. */
function silent({seen}: FromNode, vip: readonly Tried[], backends: readonly Tried[]): Fail {
  const [first] = vip;
  if (!first) throw new RangeError('silence needs somebody who was asked');
  const rest =
    backends.length === 0
      ? 'none of its pods was asked'
      : `nor ${backends.length === 1 ? 'does its pod' : 'do its pods'} ${backends.map(b => b.probe.to.host).join(', ')}`;
  return failOf(first, {
    subject: {kind: 'Node', name: first.probe.from.node},
    seen,
    cause: 'nobody answers',
    message: `${placeText(first.probe)} gets no answer from cluster DNS ${first.probe.to.host} (it ${wordsOf(first.result.error)}), ${rest}`,
    evidence: [...vip, ...backends].map(refOf),
  });
}

/** Of one of its addresses, one protocol works and the other does not, or only another address answers. */
function* protocols({seen}: FromNode, vip: readonly Tried[], worked: readonly Tried[]): Generator<Fail> {
  const dead = (['dns-udp', 'dns-tcp'] as const).filter(protocol => {
    const own = vip.filter(t => t.probe.protocol === protocol);
    return own.length > 0 && own.every(t => !t.result.ok);
  });
  const first = vip.find(t => dead.some(protocol => protocol === t.probe.protocol));
  if (!first) return;
  const {host} = first.probe.to;
  const isWhole = vip.every(t => !t.result.ok);
  const word = first.probe.protocol === 'dns-udp' ? 'UDP' : 'TCP';
  const [other] = worked;
  const though = isWhole
    ? `, though it does from ${other?.probe.to.host ?? 'another address of it'}`
    : ` over ${word}${wait(first)}, though it does over ${word === 'UDP' ? 'TCP' : 'UDP'}`;
  yield failOf(first, {
    subject: {kind: 'Node', name: first.probe.from.node},
    seen,
    cause: isWhole ? `${host.includes(':') ? 'IPv6' : 'IPv4'} alone` : `${word} alone`,
    message: `${placeText(first.probe)} gets no answer from cluster DNS ${host}${isWhole ? wait(first) : ''}${though}`,
    evidence: vip.map(refOf),
  });
}

function wait({result}: Tried): string {
  return ` (it ${wordsOf(result.error)})`;
}

/** Some of its pods do not answer, and with them a share of all queries. */
function* deadBackends({seen}: FromNode, backends: readonly Tried[]): Generator<Fail> {
  for (const dead of backends) {
    yield failOf(dead, {
      subject: targetSubject(dead),
      seen,
      cause: 'one of its pods',
      message: `${sentenceOf(dead)}; the Service answers as long as it sends to another`,
    });
  }
}

/** Names that are not found though the server answers. */
function* lostNames(from: FromNode): Generator<Fail> {
  for (const lost of [...of(from, 'full-name'), ...of(from, 'headless-name')]) {
    if (!isRefusedName(lost.result)) continue;
    const {probe, result} = lost;
    yield failOf(lost, {
      subject: {kind: 'Node', name: probe.from.node},
      seen: from.seen,
      cause: 'name of a Service',
      message: `${placeText(probe)} asks cluster DNS ${probe.to.host} for ${probe.query ?? ''}, which ${wordsOf(result.error)}`,
    });
  }
}
