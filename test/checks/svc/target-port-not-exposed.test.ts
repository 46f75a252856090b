import check from '../../../src/checks/svc/target-port-not-exposed.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import type {TestCluster} from '../../helpers/cluster.ts';
import {healthy} from '../../helpers/cluster.ts';
import type {Json} from '../../helpers/raw.ts';

function port(edit: (port: Json) => void): TestCluster {
  return healthy().change('Service', 'shop/web', s => edit(s.spec.ports[0]));
}

checkCases({
  check,
  finds: {
    'a number beside the declared one': () => [
      port(p => {
        p.targetPort = 8080;
      }),
      {
        severity: 'info',
        subjects: ['Service/shop/web'],
        cause: 'port not declared',
        says: /to 8080, but Deployment\/shop\/web declares 80 for TCP/,
      },
    ],
    'the port itself where no target is given': () => [
      port(p => {
        p.port = 8080;
        delete p.targetPort;
      }),
      {severity: 'info', subjects: ['Service/shop/web'], cause: 'port not declared'},
    ],
    'a name that no container has': () => [
      port(p => {
        p.targetPort = 'http';
      }),
      {
        severity: 'error',
        subjects: ['Service/shop/web'],
        cause: 'named port missing',
        says: /the port named http/,
      },
    ],
    'a name, where no port is declared at all': () => [
      port(p => {
        p.targetPort = 'http';
      }).changeSpec('Deployment', 'shop/web', s => {
        delete s.containers[0].ports;
      }),
      {
        severity: 'error',
        subjects: ['Service/shop/web'],
        cause: 'named port missing',
        says: /declares no port/,
      },
    ],
    'the right name of the wrong protocol': () => [
      port(p => {
        p.targetPort = 'http';
        p.protocol = 'UDP';
      }).changeSpec('Deployment', 'shop/web', s => {
        s.containers[0].ports[0].name = 'http';
      }),
      {severity: 'error', subjects: ['Service/shop/web']},
    ],
  },
  passes: {
    'a healthy cluster': () => healthy(),
    'a name that a sidecar has': () =>
      port(p => {
        p.targetPort = 'proxy';
      }).changeSpec('Deployment', 'shop/web', s => {
        s.initContainers = [
          {name: 'p', image: 'x', restartPolicy: 'Always', ports: [{name: 'proxy', containerPort: 90}]},
        ];
      }),
    'a number, where no port is declared at all': () =>
      port(p => {
        p.targetPort = 8080;
      }).changeSpec('Deployment', 'shop/web', s => {
        delete s.containers[0].ports;
      }),
    'a Service of Linux pods': () =>
      healthy().change('Service', 'kube-system/kube-dns', s => {
        s.spec.ports[0].targetPort = 'absent';
      }),
  },
  unknown: {
    'Services may not be read': () => [healthy().without('services'), 'services'],
    'pods came in part': () => [healthy().partly('pods'), 'workloads'],
  },
});
