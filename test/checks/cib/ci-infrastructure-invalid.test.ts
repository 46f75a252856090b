import check from '../../../src/checks/cib/ci-infrastructure-invalid.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {withPipeline} from '../../helpers/ci.ts';
import {healthy} from '../../helpers/cluster.ts';

const toleration = (value: string, identifier?: string) => ({
  ...(identifier && {identifier}),
  key: 'pool',
  operator: 'Equal',
  value,
  effect: 'NoSchedule',
});
const pipeline = (cause: string) => ({severity: 'error' as const, subjects: ['Pipeline//store'], cause});

checkCases({
  check,
  finds: {
    'no connector': () => [
      withPipeline(settings => delete settings.connectorRef),
      pipeline('connectorRef-missing'),
    ],
    'an empty namespace': () => [
      withPipeline(settings => (settings.namespace = '')),
      pipeline('namespace-missing'),
    ],
    'no type': () => [
      withPipeline((_, stage) => delete stage.spec.infrastructure.type),
      pipeline('type-missing'),
    ],
    'no OS beside a selector for Windows': () => [
      withPipeline(settings => delete settings.os),
      pipeline('os-missing'),
    ],
    'no OS, which CI takes for Linux, as a warning': () => [
      withPipeline(settings => {
        delete settings.os;
        settings.nodeSelector = {};
      }),
      {...pipeline('os-missing'), severity: 'warning'},
    ],
    'an OS that does not run on Kubernetes': () => [
      withPipeline(settings => (settings.os = 'MacOS')),
      pipeline('os-unknown'),
    ],
    'Windows on nodes of Linux': () => [
      withPipeline(settings => (settings.nodeSelector = {'kubernetes.io/os': 'linux'})),
      pipeline('os-contradiction'),
    ],
    'Linux on nodes of Windows': () => [
      withPipeline(settings => (settings.os = 'Linux')),
      pipeline('os-contradiction'),
    ],
    'two tolerations of one key without identifiers': () => [
      withPipeline(settings => (settings.tolerations = [toleration('a'), toleration('b')])),
      pipeline('toleration-identifier'),
    ],
    'one of two has an identifier': () => [
      withPipeline(settings => (settings.tolerations = [toleration('a', 'one'), toleration('b')])),
      pipeline('toleration-identifier'),
    ],
    'two have the same identifier': () => [
      withPipeline(settings => (settings.tolerations = [toleration('a', 'one'), toleration('b', 'one')])),
      pipeline('toleration-identifier'),
    ],
  },
  passes: {
    'an infrastructure with all it needs': () => withPipeline(),
    'runtime inputs and expressions': () =>
      withPipeline(settings =>
        Object.assign(settings, {
          namespace: '<+input>',
          os: '<+input>',
          connectorRef: '<+stage.variables.c>',
        }),
      ),
    'an infrastructure that is a runtime input as a whole': () =>
      withPipeline((_, stage) => (stage.spec.infrastructure.spec = '<+input>')),
    'two tolerations of one key with identifiers': () =>
      withPipeline(settings => (settings.tolerations = [toleration('a', 'one'), toleration('b', 'two')])),
    'tolerations of different keys need none': () =>
      withPipeline(settings => (settings.tolerations = [toleration('a'), {...toleration('a'), key: 'os'}])),
  },
  unknown: {'no pipeline was given': () => [healthy(), 'pipelines']},
});
