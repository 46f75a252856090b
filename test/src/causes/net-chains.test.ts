import test from 'ava';
import {reportOf} from '../../helpers/judged.ts';
import {CHECKS} from '../../../src/checks/index.ts';
import {probedFleet} from '../../helpers/probing.ts';

/** The Service of the API server, and the server itself. */
const isIts = (name: string): boolean => name === 'kubernetes' || name === '192.168.10.10';

test('an API server that is out of reach is told once, though its Service is among those that are tried', t => {
  const snapshot = probedFleet(p => p.fail(q => q.leg === 'api-server' || isIts(q.to.of.name)), {
    mode: 'full',
  });
  const {findings} = reportOf({snapshot: () => snapshot}, CHECKS);
  const told = findings.filter(f => f.severity !== 'info');
  t.true(told.some(f => f.id === 'NET003'));
  t.deepEqual([...new Set(told.filter(f => f.causedBy.length === 0).map(f => f.id))], ['NET007']);
});
