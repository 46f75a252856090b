import {loadManifests} from '../../src/manifests/load.ts';
import type {Snapshot} from '../../src/snapshot/snapshot.ts';
import type {TestCluster} from './cluster.ts';
import {healthyWithAgents} from './cluster.ts';

/** What `lint` makes of a configuration of LogMonitor in a file of its own. */
export function configFile(config: unknown): Snapshot {
  return files([{name: 'LogMonitorConfig.json', text: JSON.stringify(config)}]);
}

/** The same in a ConfigMap, as text. */
export function configMap(text: string): Snapshot {
  const map = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {name: 'logs', namespace: 'shop'},
    data: {'LogMonitorConfig.json': text},
  };
  return files([{name: 'map.yaml', text: JSON.stringify(map)}]);
}

/** A configuration as an agent saw it in the container of `shop/web`'s first pod, read by a LogMonitor of some version. */
export function inContainer(text: string, version = '2.1.1.0'): TestCluster {
  return healthyWithAgents().onNode('win-1', node => {
    node.set('logmonitor/shop_web-0_web.json', {
      namespace: 'shop',
      pod: 'web-0',
      container: 'web',
      config: {path: 'C:\\LogMonitor\\LogMonitorConfig.json', text},
      version,
    });
  });
}

/** A healthy cluster with agents, on whose node every image starts LogMonitor so. */
export function withImageStart(config: {Entrypoint: string[]; Cmd: string[]}): TestCluster {
  return healthyWithAgents().onNode('win-1', node => {
    node.change('cri/images.json', ({images}) => {
      for (const {info} of images) info.imageSpec.config = config;
    });
  });
}

/** What `lint` makes of files. */
export function files(list: {name: string; text: string}[]): Snapshot {
  return loadManifests(list, {now: '2026-09-01T12:00:00Z', name: 'test'}).snapshot;
}

/** A configuration with these sources. */
export function withSources(...sources: unknown[]): {LogConfig: {sources: unknown[]}} {
  return {LogConfig: {sources}};
}

/** Sources that every version reads alike. */
export const GOOD = withSources(
  {type: 'EventLog', startAtOldestRecord: true, channels: [{name: 'system', level: 'Information'}]},
  {type: 'File', directory: 'c:\\inetpub\\logs', filter: '*.log', includeSubdirectories: true},
  {
    type: 'ETW',
    providers: [{providerName: 'IIS: WWW Server', providerGuid: '3A2A4E84-4C21-4981-AE10-3FDA0D9B0F83'}],
  },
);
