import {isRecord} from '../kube/shape.ts';
import type {ConfigMap, Origin} from '../kube/types.ts';
import {logConfigOf} from '../parse/logmonitor-config/config.ts';
import type {LogMonitorConfig} from '../parse/logmonitor-config/config.ts';

/** The name that LogMonitor looks for (`C:\LogMonitor\LogMonitorConfig.json`). */
const FILE_NAME = /logmonitorconfig[^/]*\.json$/i;
const MARK = /^\ufeff/;

/** Configurations of LogMonitor in a ConfigMap: by the name of a key, or by what its value says. */
export function configsIn(map: ConfigMap): LogMonitorConfig[] {
  return Object.entries(map.data ?? {}).flatMap(([key, text]) => {
    const named = FILE_NAME.test(key);
    if (!named && !text.includes('LogConfig')) return [];
    const pointer = `/data/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    try {
      const value: unknown = JSON.parse(text.replace(MARK, ''));
      return named || logConfigOf(value) ? [{holder: map, pointer, value, hasMark: MARK.test(text)}] : [];
    } catch (error) {
      const reason = error instanceof Error ? error.message : '';
      return named ? [{holder: map, pointer, value: undefined, error: reason, hasMark: MARK.test(text)}] : [];
    }
  });
}

/** A document that is such a configuration itself, or undefined; `text` is that of its file. */
export function configDocument(value: unknown, origin: Origin, text: string): LogMonitorConfig | undefined {
  if (!isRecord(value) || (!logConfigOf(value) && !FILE_NAME.test(origin.file))) return undefined;
  const holder = {apiVersion: '', kind: 'File', metadata: {name: origin.file}, origin};
  return {holder, pointer: '', value, hasMark: MARK.test(text)};
}
