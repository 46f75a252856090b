import check from '../../../src/checks/svc/endpoint-reference-dangling.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';
import type {Json} from '../../helpers/raw.ts';
import {changedBalancer, isBalancer} from '../../helpers/service-changes.ts';

const GONE = '0bad0000-0000-4000-8000-000000000000';
const refersTo = (id: string) =>
  changedBalancer(isBalancer('10.96.30.1', 80), (raw: Json) => {
    if (raw.HostComputeEndpoints) raw.HostComputeEndpoints.push(id);
    else raw.References.push(`/endpoints/${id}`);
  });

checkCases({
  check,
  finds: {
    'an endpoint that is gone': () => [
      refersTo(GONE),
      {
        subjects: ['Node//win-1'],
        severity: 'error',
        says: /10\.96\.30\.1:80\/TCP on win-1 refers to 1 endpoint that HNS does not have: 0bad0000-/,
      },
    ],
  },
  passes: {
    'a healthy cluster': () => healthyWithAgents(),
    'the same endpoint, written in capitals and braces': () =>
      changedBalancer(isBalancer('10.96.30.1', 80), (raw: Json) => {
        if (raw.HostComputeEndpoints)
          raw.HostComputeEndpoints = raw.HostComputeEndpoints.map((id: string) => `{${id.toUpperCase()}}`);
      }),
  },
  unknown: {
    'no agent was asked': () => [healthy(), 'node.hns.loadbalancers'],
    'only a part of the endpoints came': () => [
      refersTo(GONE).onNode('win-1', n => n.partly('hns/endpoints.json').partly('hns/v1-endpoints.json')),
      'node.hns.endpoints',
    ],
  },
});
