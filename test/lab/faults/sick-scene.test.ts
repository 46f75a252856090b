import test from 'ava';
import {startLab} from '../lab.ts';
import {diagnoseLab} from './diagnose-lab.ts';

/** What is broken in the scene; everything else in it follows from these. */
const BROKEN = [
  'ADV001', // win-2 has the update that cuts pods off
  'CNI005', // flannel's VNI
  'IDN002', // finance/ledger's credential spec
  'IMG001', // shop/reports is built for Server 2025
  'KBL001', // shop/queue gets no address
  'KBL003', // shop/billing lacks a DLL
  'NOD001', // win-3 is dead
  'POD008', // monitoring/windows-exporter is refused
  'SCH003', // shop/batch does not tolerate the taint
  'SCH009', // logging/log-shipper is for Linux
  'STO001', // no Windows node has the driver of archive/scanner's volume
];

test('in the sick scene each fault is a root cause, and no consequence is', async t => {
  const lab = await startLab({scene: 'sick'});
  t.teardown(async () => lab.stop());
  const {findings, problems} = await diagnoseLab(lab);
  t.deepEqual(problems, []);
  const errors = findings.filter(f => f.severity === 'error');
  t.deepEqual(errors.flatMap(f => (f.causedBy.length === 0 ? [f.id] : [])).toSorted(), BROKEN);
  t.true(
    errors.some(f => f.causedBy.length > 0),
    'what follows is told, too',
  );
});
