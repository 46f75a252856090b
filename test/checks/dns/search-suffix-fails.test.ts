import check from '../../../src/checks/dns/search-suffix-fails.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import {of, probed, probedFleet} from '../../helpers/probing.ts';
import {UNSEEN} from '../net/unseen.ts';

const short = (dots: boolean) => (p: {leg: string; query?: string; from: {os: string}}) =>
  p.leg === 'short-name' && p.from.os === 'windows' && p.query?.includes('.') === dots;

checkCases({
  check,
  finds: {
    'a suffix is missing': () => [
      probed(healthy(), p => p.fail(short(false), 'name-not-found')),
      {
        severity: 'error',
        subjects: ['Node//win-1', 'Node//win-2'],
        cause: 'suffix',
        says: /asks for web, which is not found, while web\.shop\.svc\.cluster\.local is found/,
      },
    ],
    'Windows completes no name with a dot': () => [
      probed(healthy(), p => p.fail(short(true), 'name-not-found')),
      {severity: 'info', subjects: ['Node//win-1', 'Node//win-2'], cause: 'partly qualified'},
    ],
  },
  passes: {
    'a healthy cluster': () => probed(healthy()),
    'no name is found at all': () =>
      probedFleet(p => p.fail(of('short-name'), 'name-not-found').fail(of('full-name'), 'name-not-found')),
  },
  unknown: UNSEEN,
});
