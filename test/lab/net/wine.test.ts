import ava from 'ava';
import {allWell, install} from '../agent/installed.ts';
import {startNetLab, type TestLab} from '../lab.ts';
import {Breaker} from './breaker.ts';
import {DNS_FAULTS, LINK_FAULTS, SERVICE_FAULTS} from './faults.ts';
import {check, findsFault, wrongIn} from './seen.ts';
import {topologyOf} from './topology.ts';

// One lab for all.
const test = ava.serial;
const isFull = process.env['KUBECTL_WIN_FULL'] === '1';
const SIZE = {nodes: isFull ? 4 : 2, real: false};
/** Ports that listeners get; those of a Windows program are its node's, whichever compartment it is in. */
const LISTENERS = '32768:60999';
const topology = topologyOf(SIZE);
let lab: TestLab;

test.before(async t => {
  t.timeout(900_000);
  lab = await startNetLab({...SIZE, wine: true, compartments: isFull});
  await install(t, lab);
  await allWell(t, lab);
});
if (isFull)
  test.before(() => {
    const breaker = new Breaker(lab, topology);
    for (const {name, podCidr, podCidr6} of topology.nodes.filter(n => n.os === 'windows'))
      for (const [program, cidr] of [
        ['iptables', podCidr],
        ['ip6tables', podCidr6],
      ] as const)
        breaker.rule(
          name,
          'nat/PREROUTING',
          ['-d', cidr, '-p', 'tcp', '--dport', LISTENERS, '-j', 'REDIRECT'],
          program,
        );
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

if (isFull) {
  test('the packaged Windows program connects out of compartments, as pods of its node are in', async t => {
    t.timeout(180_000);
    const checked = await check(lab);
    t.deepEqual(wrongIn(checked), [], checked.verdict);
    const fromPods = checked.items.filter(i => i.from.os === 'windows' && i.from.pod && !i.byDesign);
    t.deepEqual(
      fromPods.filter(i => i.result?.ok !== true || i.result.way !== 'compartment').map(i => i.id),
      [],
    );
    for (const leg of ['pod-other-node', 'cluster-ip', 'dns-vip', 'path-mtu'])
      t.true(
        fromPods.some(i => i.leg === leg),
        leg,
      );
  });

  for (const fault of [...LINK_FAULTS, ...SERVICE_FAULTS, ...DNS_FAULTS].filter(f => f.underWine)) {
    test(`${fault.expect.id}, with Windows programs: ${fault.title}`, async t => {
      t.timeout(240_000);
      await findsFault(t, {lab, topology}, fault);
    });
  }
} else {
  test('what the Windows program does not reach is told with its node', async t => {
    t.timeout(180_000);
    const breaker = new Breaker(lab, topology);
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
}
