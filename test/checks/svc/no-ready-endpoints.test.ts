import check from '../../../src/checks/svc/no-ready-endpoints.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import type {TestCluster} from '../../helpers/cluster.ts';
import {healthy} from '../../helpers/cluster.ts';
import type {Json} from '../../helpers/raw.ts';
import {linuxPodSpec, windowsPodSpec, workload} from '../../helpers/raw-pods.ts';
import {service} from '../../helpers/raw.ts';
import {waiting} from '../../helpers/sick-pods.ts';

const SLICE = 'shop/web-abcde';

function unready(
  cluster = healthy(),
  conditions: Json = {ready: false, serving: false, terminating: false},
): TestCluster {
  for (const pod of ['shop/web-0', 'shop/web-1'])
    cluster.change('Pod', pod, p => waiting(p, 'CrashLoopBackOff'));
  return cluster.change('EndpointSlice', SLICE, s => {
    for (const e of s.endpoints) e.conditions = conditions;
  });
}

checkCases({
  check,
  finds: {
    'no pod behind it is ready': () => [
      unready(),
      {
        severity: 'error',
        subjects: ['Service/shop/web'],
        cause: 'no pod ready',
        says: /none of the 2 pods of Deployment web is ready/,
      },
    ],
    'it has no slice at all': () => [
      unready().remove('EndpointSlice', SLICE),
      {severity: 'error', subjects: ['Service/shop/web'], cause: 'no pod ready'},
    ],
    'its workload was scaled to zero, as an information': () => [
      healthy()
        .change('Deployment', 'shop/web', d => {
          d.spec.replicas = 0;
        })
        .remove('Pod', 'shop/web-0')
        .remove('Pod', 'shop/web-1')
        .change('EndpointSlice', SLICE, s => {
          s.endpoints = null;
        }),
      {severity: 'info', subjects: ['Service/shop/web'], cause: 'no pod wanted'},
    ],
    'its workload wants pods and has none': () => [
      healthy()
        .remove('Pod', 'shop/web-0')
        .remove('Pod', 'shop/web-1')
        .change('EndpointSlice', SLICE, s => {
          s.endpoints = [];
        }),
      {severity: 'error', subjects: ['Service/shop/web'], cause: 'no pod ready'},
    ],
    'a selector that picks nothing beside Windows workloads, as an information': () => [
      healthy()
        .add(...service({namespace: 'shop', name: 'typo'}, '10.96.30.2', 80, []))
        .change('Service', 'shop/typo', s => {
          s.spec.selector = {app: 'wbe'};
        }),
      {severity: 'info', subjects: ['Service/shop/typo'], cause: 'selects nothing', says: /app=wbe/},
    ],
    'nodes that cannot be read: the specification tells the OS': () => [
      unready().without('nodes'),
      {severity: 'error', subjects: ['Service/shop/web']},
    ],
  },
  passes: {
    'a healthy cluster': () => healthy(),
    'one ready endpoint of two': () =>
      healthy().change('EndpointSlice', SLICE, s => {
        s.endpoints[0].conditions.ready = false;
      }),
    'endpoints that end but still serve': () =>
      unready(healthy(), {ready: false, serving: true, terminating: true}),
    'an endpoint without conditions is ready': () => unready(healthy(), {}),
    'a headless Service': () =>
      unready().change('Service', 'shop/web', s => {
        s.spec.clusterIP = 'None';
      }),
    'an ExternalName Service': () =>
      unready().change('Service', 'shop/web', s => {
        s.spec = {type: 'ExternalName', externalName: 'web.example.test', selector: {app: 'web'}};
      }),
    'a Service without a selector': () =>
      unready().change('Service', 'shop/web', s => {
        delete s.spec.selector;
      }),
    'a Service of Linux pods': () => {
      const api = workload('Deployment', {namespace: 'shop', name: 'api'}, linuxPodSpec(), ['linux-0']);
      const [svc] = service(
        {namespace: 'shop', name: 'api'},
        '10.96.30.3',
        80,
        api.filter(o => o.kind === 'Pod'),
      );
      return healthy().add(...api, ...(svc ? [svc] : []));
    },
    'a Service that picks nothing in a namespace without Windows': () =>
      healthy()
        .add(...service({namespace: 'default', name: 'typo'}, '10.96.30.2', 80, []))
        .change('Service', 'default/typo', s => {
          s.spec.selector = {app: 'gone'};
        }),
    'labels of a second workload do not count for the first': () => {
      const other = workload('Deployment', {namespace: 'other', name: 'web'}, windowsPodSpec(), ['win-1']);
      for (const o of other) if (o.kind === 'Pod') waiting(o, 'CrashLoopBackOff');
      return healthy().add(...other);
    },
  },
  unknown: {
    'EndpointSlices may not be read': () => [healthy().without('endpointSlices'), 'endpointSlices'],
    'EndpointSlices came in part': () => [healthy().partly('endpointSlices'), 'endpointSlices'],
    'Services may not be read': () => [healthy().without('services'), 'services'],
  },
});
