import check from '../../../src/checks/kbl/oom-or-commit.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import type {TestCluster} from '../../helpers/cluster.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';
import {eventXml} from '../../helpers/events-xml.ts';
import {container} from '../../helpers/healthy-runtime.ts';
import {ago} from '../../helpers/raw.ts';
import {crashing, creating, report} from '../../helpers/sick-pods.ts';

const PAGING =
  'Error: hcs::CreateComputeSystem web: The paging file is too small for this operation to complete.: unknown';

function restarted(exitCode: number, reason: string, seconds: number): TestCluster {
  return healthy().change('Pod', 'shop/web-0', p => {
    p.status.containerStatuses[0].lastState = {terminated: {exitCode, reason, finishedAt: ago(seconds)}};
  });
}

function evicted(message: string, seconds: number): TestCluster {
  return healthy().change('Pod', 'shop/web-0', p => {
    Object.assign(p.status, {phase: 'Failed', reason: 'Evicted', message, startTime: ago(9000)});
    p.status.conditions = [{type: 'DisruptionTarget', status: 'True', lastTransitionTime: ago(seconds)}];
    delete p.status.containerStatuses;
  });
}

/** Windows found too little memory on `win-1`, so many seconds ago. */
function diagnosed(seconds: number, cluster = healthyWithAgents()): TestCluster {
  return cluster.onNode('win-1', n =>
    n.set(
      'eventlog/System.xml',
      eventXml([
        {provider: 'Microsoft-Windows-Resource-Exhaustion-Detector', id: 2004, time: ago(seconds), level: 3},
      ]),
    ),
  );
}

/** The runtime remembers a container of `shop/web-0` that ended ten minutes ago. */
function ended(status: {exitCode: number; reason: string}): TestCluster {
  const gone = {
    ...container('shop', 'web-0'),
    state: 'CONTAINER_EXITED',
    status: {...status, finishedAt: `${Date.parse(ago(600))}000000`},
  };
  return healthyWithAgents().onNode('win-1', n =>
    n.change('cri/containers.json', answer => answer.containers.push(gone)),
  );
}

/** `shop/web-0` has a limit of 1 GiB, and has so much of it. */
function using(bytes: number): TestCluster {
  const {labels} = container('shop', 'web-0');
  return healthyWithAgents()
    .changeSpec('Deployment', 'shop/web', spec => {
      spec.containers[0].resources = {limits: {memory: '1Gi'}};
    })
    .onNode('win-1', n =>
      n.change('cri/stats.json', answer =>
        answer.stats.push({
          attributes: {id: 'c', metadata: {name: 'web', attempt: 0}, labels},
          memory: {timestamp: '1', workingSetBytes: {value: String(bytes)}},
        }),
      ),
    );
}

checkCases({
  check,
  finds: {
    'a container that has nearly all of its memory': () => [
      using(1020 * 2 ** 20),
      {
        severity: 'warning',
        subjects: ['Deployment/shop/web'],
        cause: 'container near its limit',
        says: /on win-1: container web has 1020Mi of the 1Gi that it may have/,
      },
    ],
    'a pod that does not run where Windows found too little memory': () => [
      diagnosed(600, healthyWithAgents().change('Pod', 'shop/web-0', creating)),
      {
        severity: 'error',
        subjects: ['Deployment/shop/web'],
        cause: 'commit exhausted on the node',
        says: /on win-1: it does not run, and Windows found/,
      },
    ],
    'an end that only the runtime remembers': () => [
      ended({exitCode: 0xc0_00_00_17, reason: 'Error'}),
      {
        severity: 'warning',
        subjects: ['Deployment/shop/web'],
        cause: 'container out of memory',
        says: /0xc0000017/i,
      },
    ],
    'the same, with the word of the runtime': () => [
      ended({exitCode: 137, reason: 'OOMKilled'}),
      {subjects: ['Deployment/shop/web'], says: /memory limit/},
    ],
    'a crash for want of memory': () => [
      healthy().change('Pod', 'shop/web-0', p => crashing(p, -1073741801)),
      {
        severity: 'error',
        subjects: ['Deployment/shop/web'],
        cause: 'container out of memory',
        says: /0xc0000017/,
      },
    ],
    'the commit limit, in unsigned form': () => [
      healthy().change('Pod', 'shop/web-0', p => crashing(p, 3221225773)),
      {subjects: ['Deployment/shop/web'], cause: 'container out of memory', says: /0xc000012d/},
    ],
    'a memory limit reached an hour ago, by a pod that runs again': () => [
      restarted(137, 'OOMKilled', 3600),
      {severity: 'warning', subjects: ['Deployment/shop/web'], cause: 'container out of memory'},
    ],
    'a page file that is too small': () => [
      report(healthy().change('Pod', 'shop/web-0', creating), 'Pod', 'shop/web-0', 'Failed', PAGING),
      {
        severity: 'error',
        subjects: ['Deployment/shop/web'],
        cause: 'commit exhausted on the node',
        says: /paging file is too small/,
      },
    ],
    'an eviction for memory': () => [
      evicted('The node was low on resource: memory. Threshold quantity: 500Mi', 600),
      {subjects: ['Deployment/shop/web'], cause: 'evicted for memory'},
    ],
  },
  passes: {
    'a container below 95 % of its limit': () => using(972 * 2 ** 20),
    'nodes that tell of nothing': () => healthyWithAgents(),
    'little memory on the node of a pod that runs': () => diagnosed(600),
    'little memory two hours ago': () =>
      diagnosed(7300, healthyWithAgents().change('Pod', 'shop/web-0', creating)),
    'an end that had another reason': () => ended({exitCode: 1, reason: 'Error'}),
    'a healthy cluster': () => healthy(),
    'a memory limit reached more than an hour ago': () => restarted(137, 'OOMKilled', 3601),
    'a crash for another reason': () => healthy().change('Pod', 'shop/web-0', p => crashing(p, -1073741819)),
    'an eviction for disk': () => evicted('The node was low on resource: ephemeral-storage.', 600),
    'the remains of an old eviction': () => evicted('The node was low on resource: memory.', 3601),
    'a page file that was too small for a pod that runs now': () =>
      report(healthy(), 'Pod', 'shop/web-0', 'Failed', PAGING),
  },
  unknown: {
    'the System log of a node could not be read': () => [
      healthyWithAgents().onNode('win-1', n => n.without('eventlog/System.xml')),
      'node.eventlog',
    ],
    'events may not be read': () => [healthy().without('events'), 'events'],
    'the event logs of the nodes were not read': () => [healthy(), 'node.eventlog'],
  },
});
