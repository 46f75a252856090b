import type {Gap} from '../../src/checks/gaps.ts';
import type {DoctorReport, Finding} from '../../src/report/report.ts';
import {countFindings} from '../../src/report/build.ts';
import {fingerprintOf} from '../../src/report/group.ts';
import {NOW, ago} from './raw.ts';

/** A finding of one node, with whatever is said otherwise. */
export function finding(id: string, more: Partial<Finding> = {}): Finding {
  const subjects = more.subjects ?? [{kind: 'Node', name: 'win-1'}];
  return {
    id,
    name: 'node-not-ready',
    severity: 'error',
    title: 'A Windows node is not Ready',
    message: 'node win-1 is not Ready: container runtime is down',
    subjects,
    subjectCount: subjects.length,
    evidence: [
      {at: 'cluster-resources/nodes.json', pointer: '/items/1/status/conditions/4/status', value: 'False'},
    ],
    fix: ['`kubectl describe node win-1`'],
    links: ['https://kubernetes.io/docs/concepts/architecture/nodes/'],
    fingerprint: fingerprintOf(id, JSON.stringify(more)),
    state: 'confirmed',
    causedBy: [],
    firstSeen: null,
    ...more,
  };
}

/** A report whose counts fit its findings. */
export function report(findings: Finding[] = [], more: Partial<DoctorReport> = {}): DoctorReport {
  return {
    apiVersion: 'kubectl-win/v1',
    kind: 'DoctorReport',
    tool: {version: '0.1.0'},
    source: {kind: 'cluster', name: 'shop-eu', collectedAt: NOW},
    summary: {
      nodes: {windows: 3, linux: 2},
      outcomes: {pass: 1220, fail: findings.reduce((n, f) => n + f.subjectCount, 0), unknown: 0, skip: 12},
      findings: countFindings(findings),
      rootCauses: findings.filter(f => f.causedBy.length === 0).length,
    },
    findings,
    unknown: [],
    problems: [],
    timings: {collectMs: 812, judgeMs: 41},
    ...more,
  };
}

/** Pods of one workload. */
export function pods(namespace: string, name: string, n: number): Finding['subjects'] {
  return Array.from({length: n}, (_, i) => ({kind: 'Pod', namespace, name: `${name}-${i}`}));
}

const gap = (id: string, evidence: string, reason: Gap['reason'], detail: string): Gap => {
  return {id, evidence, reason, detail, subjects: [], subjectCount: 0};
};

/** A cluster in trouble as a report: two root causes with consequences, further findings, things that were not seen. */
export function sickReport(): DoctorReport {
  const dead = finding('NOD001', {
    message:
      'Nodes win-1 and win-2 are not Ready: `container runtime is down` (KubeletNotReady), 2 of 3 Windows nodes',
    subjects: [
      {kind: 'Node', name: 'win-1'},
      {kind: 'Node', name: 'win-2'},
    ],
    evidence: ['1', '2'].map(i => ({
      at: 'cluster-resources/nodes.json',
      pointer: `/items/${i}/status/conditions/4`,
      value: {
        type: 'Ready',
        status: 'False',
        reason: 'KubeletNotReady',
        message: 'container runtime is down',
      },
    })),
    fix: [
      'See what the kubelet says: `kubectl describe node win-1`',
      'Read the log of containerd on the node: `kubectl win logs node/win-1 --source containerd --tail 100`',
      'Restart containerd on the node, which keeps the containers: `Restart-Service containerd`',
    ],
    firstSeen: ago(3 * 3600),
  });
  const patch = finding('ADV001', {
    name: 'known-bad-patch',
    title: 'A Windows update that breaks containers is installed',
    message: 'KB5040437 (10.0.20348.2582) on 214 nodes: HNS drops load balancers after a restart',
    subjects: Array.from({length: 50}, (_, i) => ({
      kind: 'Node',
      name: `pool-a-${String(i).padStart(4, '0')}`,
    })),
    subjectCount: 214,
    evidence: Array.from({length: 8}, (_, i) => ({
      at: 'cluster-resources/nodes.json',
      pointer: `/items/${i + 10}/status/nodeInfo/kernelVersion`,
      value: '10.0.20348.2582',
    })),
    fix: [
      'Install the update of August 2024 or later, one node at a time: `kubectl drain pool-a-0000 --ignore-daemonsets`',
    ],
    links: ['https://learn.microsoft.com/windows/release-health/status-windows-server-2022'],
  });
  const none = finding('SVC012', {
    name: 'service-without-ready-endpoint',
    title: 'A Service has no ready endpoint',
    message: 'Service shop/web has 0 of 2 endpoints ready; the same on 2 more Services',
    subjects: ['web', 'basket', 'search'].map(name => ({kind: 'Service', namespace: 'shop', name})),
    causedBy: [dead.fingerprint],
  });
  const unready = finding('KBL001', {
    name: 'pod-not-starting',
    severity: 'warning',
    title: 'Pods on Windows do not start',
    message: '14 pods wait for their sandbox',
    subjects: pods('shop', 'web', 14),
    causedBy: [dead.fingerprint],
    state: 'suspected',
  });
  const limit = finding('SCH010', {
    name: 'no-memory-limit-on-windows',
    severity: 'warning',
    title: 'A Windows container has no memory limit',
    message: 'container web has no memory limit; the same on 6 more Deployments',
    subjects: ['web', 'basket', 'search', 'feed', 'mail', 'tax', 'cms'].map(name => ({
      kind: 'Deployment',
      namespace: 'shop',
      name,
    })),
    fix: ['Set `resources.limits.memory` in the template'],
  });
  const untainted = finding('SCH008', {
    name: 'windows-nodes-untainted',
    severity: 'info',
    title: 'Windows nodes carry no taint that keeps Linux pods away',
    message: 'node win-3 has no NoSchedule taint',
    subjects: [{kind: 'Node', name: 'win-3'}],
  });
  const full = report([dead, patch, limit, untainted, none, unready]);
  const NO_AGENT = 'node state needs the agent, and none was asked';
  return {
    ...full,
    summary: {
      ...full.summary,
      outcomes: {...full.summary.outcomes, unknown: 36},
      nodes: {windows: 217, linux: 2},
    },
    unknown: [
      gap(
        'STO003',
        'csinodes',
        'denied',
        'no right to list csinodes: needs `get, list` on csinodes.storage.k8s.io',
      ),
      gap(
        'STO004',
        'csinodes',
        'denied',
        'no right to list csinodes: needs `get, list` on csinodes.storage.k8s.io',
      ),
      ...['IMG004', 'IMG005', 'CRI005', 'CRI006'].map(id => gap(id, 'node.cri', 'not-requested', NO_AGENT)),
      ...['HNS001', 'HNS002', 'HNS003'].map(id => gap(id, 'node.hns', 'not-requested', NO_AGENT)),
      gap('EVT001', 'events', 'timeout', 'the list of events took longer than 30 s'),
    ],
  };
}

/** What an attacker would name things, in every place that a cluster decides about. */
export function hostileReport(): DoctorReport {
  const evil = `</script><img src=x onerror=alert(1)>"'\`&\u001b[31mred\u0007\u009b2J\u202egpj.exe\u0000\r\n- [x](javascript:alert(1)) @all \ud800`;
  const about = (id: string, causedBy: string[] = []): Finding =>
    finding(id, {
      title: evil,
      message: evil,
      name: evil,
      subjects: [{kind: 'Pod', namespace: evil, name: evil}],
      evidence: [{at: evil, pointer: evil, value: {[evil]: evil}}],
      fix: [evil, `\`${evil}\``, '`kubectl delete pod "$(reboot)"`'],
      links: [evil, 'javascript:alert(1)', `https://example.com/"><script>alert(1)</script>`],
      firstSeen: NOW,
      causedBy,
    });
  const first = about('EVT001');
  const full = report([first, about('EVT002', [first.fingerprint]), {...about('EVT003'), severity: 'info'}]);
  return {
    ...full,
    source: {kind: 'capture', name: evil, collectedAt: NOW},
    unknown: [
      {...gap('EVT004', evil, 'failed', evil), subjects: [{kind: evil, name: evil}], subjectCount: 1},
    ],
    problems: [{where: evil, detail: `${evil}\n  at ${evil}`}],
  };
}

/** A report of so many findings: every tenth a root cause with nine consequences. */
export function bigReport(findings: number): DoctorReport {
  const all = Array.from({length: findings}, (_, i): Finding => {
    const root = i % 10 === 0;
    return finding(root ? 'NOD001' : 'KBL001', {
      severity: (['error', 'warning', 'info'] as const)[i % 3] ?? 'info',
      message: `node win-${i} is not Ready: container runtime is down`,
      subjects: pods('load', `job-${i}`, 1 + (i % 60)).slice(0, 50),
      subjectCount: 1 + (i % 60),
      fingerprint: fingerprintOf('KBL001', String(i)),
      causedBy: root ? [] : [fingerprintOf('KBL001', String(i - (i % 10)))],
    });
  });
  return report(all);
}
