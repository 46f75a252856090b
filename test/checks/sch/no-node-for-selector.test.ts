import check from '../../../src/checks/sch/no-node-for-selector.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import {waiting} from '../../helpers/waiting.ts';

const subjects = ['Deployment/shop/web'];

const build = 'node.kubernetes.io/windows-build';

checkCases({
  check,
  finds: {
    'a build that no node has': () => [
      waiting(spec => {
        spec.nodeSelector[build] = '10.0.17763';
      }),
      {severity: 'error', subjects, cause: build, says: /10\.0\.17763.*10\.0\.20348/},
    ],
    'a label that no node has': () => [
      waiting(spec => {
        spec.nodeSelector.pool = 'gpu';
      }),
      {severity: 'error', subjects, cause: 'pool', says: /Windows nodes have none/},
    ],
    'a required affinity': () => [
      waiting(spec => {
        const nodeSelectorTerms = [{matchExpressions: [{key: 'zone', operator: 'In', values: ['a']}]}];
        spec.affinity = {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms}}};
      }),
      {severity: 'error', subjects, cause: 'affinity', says: /zone/},
    ],
    'labels that no node has all of': () => [
      waiting(spec => {
        spec.nodeSelector.pool = 'a';
        spec.nodeSelector.zone = 'b';
      })
        .change('Node', 'win-1', n => {
          n.metadata.labels.pool = 'a';
        })
        .change('Node', 'win-2', n => {
          n.metadata.labels.zone = 'b';
        }),
      {severity: 'error', subjects, cause: 'combination'},
    ],
  },
  passes: {
    'nothing waits': () => healthy(),
    'it matches, and waits for something else': () => waiting(() => undefined),
    'a cluster without Windows nodes is for SCH005': () =>
      waiting(() => undefined)
        .remove('Node', 'win-1')
        .remove('Node', 'win-2'),
    'only just made': () =>
      waiting(spec => {
        spec.nodeSelector.pool = 'gpu';
      }, 30),
  },
  unknown: {
    'nodes may not be listed': () => [waiting(() => undefined).without('nodes'), 'nodes'],
  },
});
