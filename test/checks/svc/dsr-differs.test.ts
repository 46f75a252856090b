import check from '../../../src/checks/svc/dsr-differs.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import type {TestCluster} from '../../helpers/cluster.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';
import type {Json} from '../../helpers/raw.ts';
import {changedBalancer, isBalancer} from '../../helpers/service-changes.ts';

const flags = (edit: (flags: Json) => void): TestCluster =>
  healthyWithAgents().onNode('win-1', n => n.change('processes.json', p => edit(p[2].flags)));
const dsrOf = (value: boolean): TestCluster =>
  changedBalancer(isBalancer('10.96.30.1', 80), (raw: Json) => {
    if (raw.FrontendVIPs) raw.Flags = value ? 1 : 0;
    else raw.Policies[0].IsDSR = value;
  });

checkCases({
  check,
  finds: {
    'one is DSR, and kube-proxy runs without': () => [
      dsrOf(true),
      {
        subjects: ['Service/shop/web'],
        severity: 'warning',
        cause: 'dsr unwanted',
        says: /10\.96\.30\.1:80\/TCP of Service shop\/web on win-1 is DSR, and kube-proxy makes it without/,
      },
    ],
    'kube-proxy runs with it, and none is': () => [
      flags(f => (f['enable-dsr'] = 'true')),
      {subjects: ['Service/kube-system/kube-dns', 'Service/shop/web'], cause: 'dsr missing'},
    ],
    'the flag without a value is on': () => [
      flags(f => (f['enable-dsr'] = '')),
      {subjects: ['Service/kube-system/kube-dns', 'Service/shop/web'], cause: 'dsr missing'},
    ],
  },
  passes: {
    'a healthy cluster': () => healthyWithAgents(),
    'the flag is not set, which is off': () => flags(f => delete f['enable-dsr']),
  },
  unknown: {
    'no agent was asked': () => [healthy(), 'node.hns.loadbalancers'],
    'kube-proxy is told by a file on the node': () => [
      flags(f => {
        for (const name of Object.keys(f)) delete f[name];
        f.config = 'C:\\k\\config.conf';
      }),
      'node.processes',
    ],
  },
});
