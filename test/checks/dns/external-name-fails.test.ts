import check from '../../../src/checks/dns/external-name-fails.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {of, probedFleet} from '../../helpers/probing.ts';
import {UNSEEN} from '../net/unseen.ts';

const targets = [{host: 'example.test', port: 443, protocol: 'https'}] as const;

checkCases({
  check,
  finds: {
    'the name is not found': () => [
      probedFleet(p => p.fail(q => q.leg === 'outbound' && q.from.os === 'windows', 'name-not-found'), {
        targets,
      }),
      {
        severity: 'warning',
        subjects: ['Target//example.test:443'],
        cause: 'name-not-found from windows',
        says: /asks for example\.test, which is not found/,
      },
    ],
  },
  passes: {
    'it is found': () => probedFleet(() => undefined, {targets}),
    'it is found, and nobody answers there': () => probedFleet(p => p.fail(of('outbound')), {targets}),
  },
  unknown: UNSEEN,
});
