import test from 'ava';
import {parseTimeStatus} from '../../../agent/win32/w32tm.ts';
import {TIME_STATUS, TIME_STOPPED} from './recorded.ts';

for (const [language, output] of Object.entries(TIME_STATUS))
  test(`the state of the clock is read from w32tm in ${language}`, t => {
    t.deepEqual(parseTimeStatus(output), {
      leapIndicator: 0,
      stratum: 4,
      rootDelaySeconds: 0.03125,
      rootDispersionSeconds: 7.7661133,
      source: 'VM IC Time Synchronization Provider',
      error: null,
    });
  });

test('a clock that is not synchronised says so by leap indicator 3 and stratum 0', t => {
  const output = TIME_STATUS.English.replace('0(no warning)', '3(not synchronized)').replace(
    '4 (secondary',
    '0 (unspecified',
  );
  t.like(parseTimeStatus(output), {leapIndicator: 3, stratum: 0});
});

test('a service that does not run is told by its error code', t => {
  t.like(parseTimeStatus(TIME_STOPPED), {leapIndicator: null, error: '0x80070426'});
  t.like(parseTimeStatus(''), {leapIndicator: null, error: null});
});
