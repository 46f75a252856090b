import {placeText, wordsOf} from '../../probes/verdict.ts';
import {defineCheck} from '../define.ts';
import {isNameError} from '../net/shared/names.ts';
import {eachVantage, failOf, summedUp, targetSubject} from '../net/shared/outcomes.ts';
import {NET_WANTS} from '../net/shared/seen.ts';

export default defineCheck({
  id: 'DNS003',
  name: 'external-name-fails',
  severity: 'warning',
  since: '0.1.0',
  title: 'Pods do not find names outside of the cluster',
  evidence: ['P', 'A'],
  needs: ['probes'],
  wants: NET_WANTS,
  docs: {
    what: 'From inside pods of a few nodes resolves the names that you give by `--target`, with the pod’s own servers. No name outside of the cluster is asked for otherwise.',
    why: 'Pods do not find registries, domain controllers or whatever they need outside, though they find Services.',
    fix: [
      'See where cluster DNS forwards to: `kubectl get configmap -n kube-system coredns -o yaml`, the line `forward`.',
      'See that the nodes of CoreDNS reach that server, and that it knows the name.',
      'A name of a few labels is first tried with every suffix: write it with a dot at the end.',
    ],
    links: [
      'https://kubernetes.io/docs/tasks/administer-cluster/dns-custom-nameservers/',
      'https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/',
    ],
  },
  many: summedUp('target'),
  *run(input) {
    yield* eachVantage(input, ['outbound'], function* ({tried, seen}) {
      for (const one of tried) {
        if (!isNameError(one.result)) continue;
        const {probe, result} = one;
        yield failOf(one, {
          subject: targetSubject(one),
          seen,
          cause: `${result.error ?? ''} from ${probe.from.os}`,
          message: `${placeText(probe)} asks for ${probe.to.host}, which ${wordsOf(result.error)}`,
        });
      }
    });
  },
});
