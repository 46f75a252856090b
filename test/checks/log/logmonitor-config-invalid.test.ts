import check from '../../../src/checks/log/logmonitor-config-invalid.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';
import {GOOD, configFile, configMap, inContainer, withSources} from '../../helpers/logmonitor-configs.ts';

const FILE = {subjects: ['File//LogMonitorConfig.json']};

checkCases({
  check,
  finds: {
    'a running container, by its agent': () => [
      inContainer('{"LogConfig": {'),
      {severity: 'error', subjects: ['Pod/shop/web-0'], cause: 'no JSON', says: /^Container web, C:\\/},
    ],
    'a value of a ConfigMap that is no JSON': () => [
      configMap('{"LogConfig": {'),
      {severity: 'error', subjects: ['ConfigMap/shop/logs'], cause: 'no JSON'},
    ],
    'no LogConfig': () => [configFile({sources: []}), {...FILE, cause: 'no LogConfig'}],
    'no sources': () => [configFile({LogConfig: {}}), {...FILE, cause: 'no sources'}],
    'a type that is none': () => [
      configFile(withSources({type: 'Syslog'})),
      {...FILE, cause: 'unknown source type', says: /"Syslog"/},
    ],
    'a level that is none': () => [
      configFile(withSources({type: 'EventLog', channels: [{name: 'system', level: 'All'}]})),
      {...FILE, cause: 'unknown level'},
    ],
    'an event log without channels': () => [
      configFile(withSources({type: 'eventlog'})),
      {...FILE, cause: 'source without channels'},
    ],
    'a provider whose only key has a blank': () => [
      configFile(withSources({type: 'ETW', providers: [{'ProviderGuid ': 'x'}]})),
      {...FILE, cause: 'providers without providerName or providerGuid'},
    ],
    'the root of a drive with its folders': () => [
      configFile(withSources({type: 'File', directory: 'C:', includeSubdirectories: true})),
      {...FILE, cause: 'root of a drive with subdirectories'},
    ],
    'a format that is none': () => [
      configFile({LogConfig: {...GOOD.LogConfig, logFormat: 'yaml'}}),
      {...FILE, cause: 'unknown logFormat'},
    ],
  },
  passes: {
    'the configuration of a running container': () => healthyWithAgents(),
    'what the documents show': () => configFile(GOOD),
    'the same in a ConfigMap, with a byte order mark': () => configMap(`\ufeff${JSON.stringify(GOOD)}`),
  },
  unknown: {'a cluster without agents': () => [healthy(), 'node.logmonitor']},
});
