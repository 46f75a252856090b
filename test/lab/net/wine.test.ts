import ava from 'ava';
import {allWell, install} from '../agent/installed.ts';
import {startNetLab, type TestLab} from '../lab.ts';
import {Breaker} from './breaker.ts';
import {check, wrongIn} from './seen.ts';
import {topologyOf} from './topology.ts';

// One lab for all.
const test = ava.serial;
const NODES = 2;
let lab: TestLab;

test.before(async t => {
  t.timeout(900_000);
  lab = await startNetLab({nodes: NODES, wine: true});
  await install(t, lab);
  await allWell(t, lab);
});
test.after.always(async () => lab?.stop());

test('the packaged Windows program connects from the host of its node to pods of a Linux node, and is reached there', async t => {
  t.timeout(180_000);
  const checked = await check(lab);
  t.deepEqual(wrongIn(checked), [], checked.verdict);
  const fromHost = checked.items.filter(i => i.from.node === 'win-0' && !i.from.pod && !i.byDesign);
  t.true(fromHost.some(i => i.leg === 'node-to-pod' && i.to.os === 'linux'));
  t.deepEqual(
    fromHost.filter(i => i.result?.ok !== true || i.result.way !== 'host').map(i => i.id),
    [],
  );
});

test('what the Windows program does not reach is told with its node', async t => {
  t.timeout(180_000);
  const breaker = new Breaker(lab, topologyOf(NODES));
  try {
    for (const program of ['iptables', 'ip6tables'] as const)
      breaker.rule('win-0', 'OUTPUT', ['-p', 'tcp', '--dport', '8080', '-j', 'DROP'], program);
    const checked = await check(lab);
    t.is(checked.code, 1, checked.verdict);
    t.true(
      checked.findings.some(
        f => f.id === 'NET011' && f.message.startsWith('Node win-0 reaches no other node'),
      ),
      wrongIn(checked).join('\n'),
    );
  } finally {
    await breaker.mend();
  }
});
