import test from 'ava';
import type {HnsFeatures} from '../../../src/kube-proxy/features.ts';
import {featuresOf} from '../../../src/kube-proxy/features.ts';

/** Versions from which HNS has a feature, and those just before. */
const FLOORS: [keyof HnsFeatures, string, string][] = [
  ['dsr', '9.3', '9.2'],
  ['dsr', '10.2', '10.1'],
  ['dualStack', '11.10', '11.9'],
  ['sessionAffinity', '12.0', '11.10'],
  ['modifyLoadBalancer', '15.4', '15.3'],
];

function of(version: string): HnsFeatures {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return featuresOf({major, minor});
}

for (const [feature, from, before] of FLOORS) {
  test(`HNS has ${feature} from ${from} on, and not in ${before}`, t => {
    t.true(of(from)[feature]);
    t.false(of(before)[feature]);
    t.true(of('16.0')[feature]);
  });
}

test('of an unknown version nothing is known', t => {
  t.deepEqual([...new Set(Object.values(featuresOf(undefined)))], [undefined]);
});
