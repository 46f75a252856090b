import {serviceNamed} from '../../node/services.ts';
import {missing} from '../../snapshot/evidence.ts';
import {defineCheck, fail, pass, unknown} from '../define.ts';
import {eachNode} from '../each-node.ts';

/** Leap indicator 3 and stratum 0 mean a clock that is not synchronised (https://www.rfc-editor.org/rfc/rfc5905#section-7.3). */
const NOT_SYNCHRONISED = 3;

export default defineCheck({
  id: 'NOD025',
  name: 'time-service-stopped',
  severity: 'warning',
  since: '0.1.0',
  title: 'Nothing sets the clock of nodes',
  evidence: ['N'],
  needs: ['nodes', 'node.services', 'node.system'],
  perNode: true,
  docs: {
    what: 'The service w32time of each Windows node, and what it says of itself: it must run, and must have a source (leap indicator not 3, stratum not 0).',
    why: 'The clock drifts until tokens and certificates count as not yet valid or expired, and Kerberos (gMSA) refuses it.',
    fix: [
      'On the node: `Start-Service w32time`, `Set-Service w32time -StartupType Automatic`, `w32tm /resync`.',
      'See its source: `w32tm /query /status`, `w32tm /query /peers`.',
    ],
    links: [
      'https://learn.microsoft.com/windows-server/networking/windows-time-service/windows-time-service-tools-and-settings',
    ],
  },
  *run(input) {
    yield* eachNode(input, ['node.services', 'node.system'], function* ({node, facts, at}) {
      const service = serviceNamed(facts['node.services'], 'w32time');
      const {time} = facts['node.system'];
      const {name} = node.metadata;
      if (!service) {
        yield unknown(node, 'node.services', missing('failed', 'w32time is not among the services'));
      } else if (service.state === 'Stopped') {
        yield fail(node, {
          cause: 'stopped',
          message: `The time service of ${name} is stopped${service.startType === undefined ? '' : ` (${service.startType})`}`,
          evidence: [at('services.json', `/${service.index}/state`, service.state)],
        });
      } else if (time?.leapIndicator === NOT_SYNCHRONISED || time?.stratum === 0) {
        yield fail(node, {
          cause: 'not synchronised',
          message: `The time service of ${name} runs and is not synchronised${time.source === undefined ? '' : ` (source ${time.source})`}`,
          evidence: [
            at('system.json', '/time/leapIndicator', time.leapIndicator),
            at('system.json', '/time/stratum', time.stratum),
          ],
        });
      } else if (time?.stratum === undefined) {
        yield unknown(
          node,
          'node.system',
          missing('failed', 'what the time service says of itself is not known'),
        );
      } else yield pass(node);
    });
  },
});
