import test from 'ava';
import {defineCheck, fail} from '../../src/checks/define.ts';
import type {Check} from '../../src/checks/define.ts';
import {judge} from '../../src/checks/engine.ts';
import {withinNamespace} from '../../src/checks/within-namespace.ts';
import {healthy} from '../helpers/cluster.ts';

function failing(id: 'POD001' | 'CNI001' | 'NOD001'): Check {
  return defineCheck({
    id,
    name: 'always',
    severity: 'error',
    since: '0.1.0',
    title: 'Always',
    evidence: ['A'],
    needs: ['daemonSets', 'nodes'],
    docs: {what: '', why: '', fix: [], links: []},
    *run({daemonSets, nodes}) {
      for (const object of id === 'NOD001' ? nodes : daemonSets) {
        yield fail(object, {cause: 'c', message: 'm', evidence: []});
      }
    },
  });
}

function failsWithin(id: 'POD001' | 'CNI001' | 'NOD001', namespace: string | undefined): number {
  const {fails, counts} = withinNamespace(judge(healthy().snapshot(), [failing(id)]), namespace);
  const found = fails.flatMap(f => f.fails).length;
  return found === counts.fail ? found : Number.NaN;
}

test('faults of workloads in other namespaces are left out', t => {
  t.true(failsWithin('POD001', undefined) > 0);
  t.is(failsWithin('POD001', 'shop'), 0);
  t.true(failsWithin('POD001', 'kube-system') > 0);
});

test('faults of what every namespace depends on stay', t => {
  t.is(failsWithin('CNI001', 'shop'), failsWithin('CNI001', undefined));
  t.is(failsWithin('NOD001', 'shop'), failsWithin('NOD001', undefined));
});
