import check from '../../../src/checks/net/outbound.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {of, probedFleet} from '../../helpers/probing.ts';
import {UNSEEN} from './unseen.ts';

const targets = [{host: 'example.test', port: 443, protocol: 'https'}] as const;

checkCases({
  check,
  finds: {
    'Windows pods do not get out': () => [
      probedFleet(p => p.fail(q => q.leg === 'outbound' && q.from.os === 'windows'), {targets}),
      {
        severity: 'warning',
        subjects: ['Target//example.test:443'],
        cause: 'no answer from windows',
        says: /Pod shop\/\S+ on win-\d+ does not get to Target example\.test:443/,
      },
    ],
  },
  passes: {
    'they get out': () => probedFleet(() => undefined, {targets}),
    'the name is not found': () => probedFleet(p => p.fail(of('outbound'), 'name-not-found'), {targets}),
  },
  unknown: UNSEEN,
});
