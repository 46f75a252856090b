import test from 'ava';
import {CHECKS} from '../../../src/checks/index.ts';

/**
 * Symptoms behind which everything that can be read of a node is right: a probe alone shows them, and the check that will
 * make one. As soon as it is there the symptom needs its fixture in `settings` or `modes`.
 */
const BY_PROBE: readonly (readonly [symptom: string, check: string])[] = [
  ['load balancer and endpoints agree, and the path between them is dead', 'NET010'],
  ['exceptions of outbound NAT are right, and VFP has no SNAT rule', 'NET010'],
  ['egress of a pod fails although HNS looks right', 'NET010'],
];

for (const [symptom, check] of BY_PROBE) {
  test(`only a probe shows: ${symptom}`, t => {
    t.false(
      CHECKS.some(c => c.id === check),
      `${check} is there: give this symptom its fixture`,
    );
  });
}
