import {isRecord} from '../kube/shape.ts';
import type {ConfigMap, Origin} from '../kube/types.ts';
import {logConfigOf} from '../parse/logmonitor-config/config.ts';
import type {LogMonitorConfig} from '../parse/logmonitor-config/config.ts';

/** The name that LogMonitor looks for (`C:\LogMonitor\LogMonitorConfig.json`). */
const FILE_NAME = /logmonitorconfig[^/]*\.json$/i;

/** Configurations of LogMonitor in a ConfigMap: by the name of a key, or by what its value says. */
export function configsIn(map: ConfigMap): LogMonitorConfig[] {
  return Object.entries(map.data ?? {}).flatMap(([key, text]) => {
    const named = FILE_NAME.test(key);
    if (!named && !text.includes('LogConfig')) return [];
    const pointer = `/data/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    try {
      const value: unknown = JSON.parse(text.replace(/^\ufeff/, ''));
      return named || logConfigOf(value) ? [{holder: map, pointer, value}] : [];
    } catch (error) {
      const reason = error instanceof Error ? error.message : '';
      return named ? [{holder: map, pointer, value: undefined, error: reason}] : [];
    }
  });
}

/** A document that is such a configuration itself, or undefined. */
export function configDocument(value: unknown, origin: Origin): LogMonitorConfig | undefined {
  if (!isRecord(value) || (!logConfigOf(value) && !FILE_NAME.test(origin.file))) return undefined;
  const holder = {apiVersion: '', kind: 'File', metadata: {name: origin.file}, origin};
  return {holder, pointer: '', value};
}
