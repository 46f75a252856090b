import {COLLECTION_FILE} from '../../node/agent.ts';
import {valueOn} from '../../node/on-node.ts';
import {serviceNamed} from '../../node/services.ts';
import {missing} from '../../snapshot/evidence.ts';
import type {Fail} from '../define.ts';
import {defineCheck, fail, pass, unknown} from '../define.ts';
import {eachNode} from '../each-node.ts';

/** A service that is well has some dozens; one that hangs takes a thread more for each call that waits. */
const MANY_THREADS = 200;

export default defineCheck({
  id: 'HNS001',
  name: 'hns-unresponsive',
  severity: 'error',
  since: '0.1.0',
  title: 'HNS does not answer',
  evidence: ['N'],
  needs: ['nodes', 'node.hns', 'node.services'],
  wants: ['node.collection'],
  perNode: true,
  docs: {
    what: 'Queries of the agent to HNS on each Windows node, each with a deadline: it fails where one got no answer in time, where the service hangs while stopping, or where its process has over 200 threads.',
    why: 'Neither the CNI nor kube-proxy can make endpoints and load balancers: pods stay in ContainerCreating, Services point at pods that are gone.',
    fix: [
      'Restart it on the node: `Restart-Service hns -Force`, then restart kube-proxy there.',
      'Where it does not stop, end its process: `Stop-Process -Id (Get-CimInstance Win32_Service -Filter "name=\'hns\'").ProcessId -Force`.',
      'Drain the node and restart it.',
    ],
    links: [
      'https://learn.microsoft.com/virtualization/windowscontainers/container-networking/architecture',
      'https://github.com/Azure/azure-container-networking/issues/774',
    ],
  },
  *run(input) {
    const {wants} = input;
    yield* eachNode(input, ['node.hns', 'node.services'], function* ({node, facts, at}) {
      const {name} = node.metadata;
      const {answered, silent, spare} = facts['node.hns'];
      const service = serviceNamed(facts['node.services'], 'hns');
      const late = silent.filter(s => s.gap.reason === 'timeout');
      const gaps = valueOn(wants['node.collection'], name) ?? [];
      const fails: Fail[] = [];
      const [first] = late;
      const place = first && gaps.find(g => g.key === first.key);
      if (first && place) {
        fails.push(
          fail(node, {
            cause: 'no answer',
            message: `HNS on ${name} did not answer ${late.map(s => `\`${s.key}\``).join(', ')}: ${first.gap.detail}`,
            evidence: [at(COLLECTION_FILE, `/${place.index}`, {key: first.key, reason: first.gap.reason})],
          }),
        );
      }
      if (service?.state === 'StopPending') {
        fails.push(
          fail(node, {
            cause: 'hangs while stopping',
            message: `The service hns of ${name} hangs while stopping`,
            evidence: [at('services.json', `/${service.index}/state`, service.state)],
          }),
        );
      }
      if (service?.threads !== undefined && service.threads > MANY_THREADS) {
        fails.push(
          fail(node, {
            cause: 'many threads',
            message: `The process of hns on ${name} has ${service.threads} threads: its calls wait for something`,
            evidence: [at('services.json', `/${service.index}/threads`, service.threads)],
          }),
        );
      }
      if (fails.length > 0) yield* fails;
      else if (answered.length + spare.length > 0) yield pass(node);
      else yield unknown(node, 'node.hns', silent[0]?.gap ?? missing('failed', 'HNS was not asked'));
    });
  },
});
