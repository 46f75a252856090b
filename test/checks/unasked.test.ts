import test from 'ava';
import {judge} from '../../src/checks/engine.ts';
import {CHECKS} from '../../src/checks/index.ts';
import {withoutUnasked} from '../../src/checks/unasked.ts';
import {healthyWithAgents} from '../helpers/cluster.ts';
import {probed} from '../helpers/probing.ts';

test('where nobody asked to try connections, a report does not lack them', t => {
  const before = judge(healthyWithAgents().snapshot(), CHECKS);
  const after = withoutUnasked(before);
  t.true(before.gaps.some(g => g.evidence === 'probes'));
  t.false(after.gaps.some(g => g.evidence === 'probes'));
  t.is(after.counts.unknown, before.counts.unknown - (before.gaps.length - after.gaps.length));
});

test('what was asked for and did not come is still missing', t => {
  const lost = judge(probed(healthyWithAgents(), p => p.lose('win-1')).snapshot(), CHECKS);
  t.is(withoutUnasked(lost), lost);
  const denied = judge(healthyWithAgents().without('probes', 'denied').snapshot(), CHECKS);
  t.is(withoutUnasked(denied), denied);
});

test('no check is wrong about healthy connections', t => {
  const {fails, problems} = judge(probed(healthyWithAgents()).snapshot(), CHECKS);
  t.deepEqual(
    fails.flatMap(f => f.fails.map(x => `${f.check.id}: ${x.message}`)),
    [],
  );
  t.deepEqual(problems, []);
});
