import {hnsPlace} from '../../hns/place.ts';
import type {ExpectedLoadBalancer} from '../../kube-proxy/load-balancer.ts';
import {missing} from '../../snapshot/evidence.ts';
import type {Ref} from '../define.ts';
import {defineCheck, pass, ref, unknown} from '../define.ts';
import {PROXY_FIXES} from './shared/fixes.ts';
import {balancersOn, expectedName, serviceName} from './shared/naming.ts';
import type {ServiceNode} from './shared/service-node.ts';
import {SERVICE_WANTS} from './shared/node-state.ts';
import {SERVICE_NEEDS, eachServiceNode} from './shared/service-node.ts';
import {failOfService} from './shared/sighting.ts';

export default defineCheck({
  id: 'SVC015',
  name: 'dsr-differs',
  severity: 'warning',
  since: '0.1.0',
  title: 'Load balancers of HNS return answers otherwise than kube-proxy was told',
  evidence: ['A', 'N'],
  needs: SERVICE_NEEDS,
  wants: SERVICE_WANTS,
  perNode: true,
  docs: {
    what: 'Compares the DSR flag (direct server return) of each load balancer with what kube-proxy gives it: cluster IPs by `--enable-dsr`, node ports and outside addresses by `externalTrafficPolicy: Local` and the annotation `preserve-destination`. Where kube-proxy’s flags are not known, only the latter are judged.',
    why: 'Without DSR each load balancer holds 64 ports of the node, which run out at some hundred Services; with it where it is not expected, the address of the client or the way back differs.',
    fix: [
      'Compare `--enable-dsr` of the running process with the DaemonSet or service that starts it: it may have been changed without a restart.',
      ...PROXY_FIXES,
    ],
    links: [
      'https://techcommunity.microsoft.com/blog/networkingblog/direct-server-return-dsr-in-a-nutshell/693710',
      'https://learn.microsoft.com/virtualization/windowscontainers/kubernetes/common-problems',
    ],
  },
  many: (fails, subjects) =>
    `${balancersOn(fails, subjects)} differ in direct server return: ${fails[0]?.message ?? ''}`,
  *run(input) {
    yield* eachServiceNode(input, function* (seen) {
      let differ = false;
      let open = false;
      for (const {expected, found} of seen.check.matches) {
        const {service, dsr, key} = expected;
        if (expected.anyBackends !== undefined) continue;
        if (dsr === undefined) open = true;
        if (dsr === undefined || dsr === found.balancer.dsr) continue;
        differ = true;
        const {file, pointer} = hnsPlace('loadbalancers', found.balancer, 'dsr');
        yield failOfService(service, seen, input, {
          cause: dsr ? 'dsr missing' : 'dsr unwanted',
          key,
          message: `The load balancer for ${expectedName(expected)} of Service ${serviceName(service)} on ${seen.node.metadata.name} is ${dsr ? 'not ' : ''}DSR, and kube-proxy makes it ${dsr ? 'so' : 'without'}`,
          evidence: [...reasonsFor(expected, seen), seen.at(file, pointer)],
        });
      }
      if (differ) return;
      if (!open) yield pass(seen.node);
      else {
        yield unknown(
          seen.node,
          'node.processes',
          missing('failed', 'whether kube-proxy runs with --enable-dsr is not known'),
        );
      }
    });
  },
});

function reasonsFor({kind, service}: ExpectedLoadBalancer, {config, at}: ServiceNode): Ref[] {
  if (kind !== 'ClusterIP') {
    return [ref(service, '/spec/externalTrafficPolicy', service.spec.externalTrafficPolicy)];
  }
  const place = config.dsr?.place;
  if (!place) return [ref(service, '/spec/clusterIP', service.spec.clusterIP)];
  return ['object' in place ? ref(place.object, place.pointer) : at(place.file, place.pointer)];
}
