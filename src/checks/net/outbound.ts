import {defineCheck} from '../define.ts';
import {causeOf, eachVantage, failOf, summedUp, targetSubject} from './shared/outcomes.ts';
import {isNameError} from './shared/names.ts';
import {NET_WANTS} from './shared/seen.ts';

export default defineCheck({
  id: 'NET006',
  name: 'outbound',
  severity: 'warning',
  since: '0.1.0',
  title: 'Pods do not get out of the cluster',
  evidence: ['P', 'A'],
  needs: ['probes'],
  wants: NET_WANTS,
  docs: {
    what: 'From inside pods of a few nodes connects to the targets that you name by `--target`. Nothing outside of the cluster is tried unasked. Names that are not found are DNS003.',
    why: 'Pods cannot use what is outside: registries, databases, APIs of a cloud.',
    fix: [
      'Try the same from the node, where the agents allow that target: a firewall or proxy outside is at fault where it fails there as well.',
      'On Windows see the exceptions of outbound NAT: `kubectl win hns check --node NODE` (HNS013, HNS014).',
      'Where everything in HNS is right, recreate the pod: its rule of outbound NAT may be missing in the virtual switch (VFP).',
    ],
    links: [
      'https://kubernetes.io/docs/concepts/windows/user-guide/',
      'https://github.com/Azure/AKS/issues/1859',
      'https://github.com/projectcalico/calico/issues/12862',
    ],
  },
  many: summedUp('target'),
  *run(input) {
    yield* eachVantage(input, ['outbound'], function* ({tried, seen}) {
      for (const one of tried) {
        if (one.result.ok || isNameError(one.result)) continue;
        yield failOf(one, {
          subject: targetSubject(one),
          seen,
          cause: `${causeOf(one)} from ${one.probe.from.os}`,
        });
      }
    });
  },
});
