import {redactToml} from '../../src/cri/config/redact.ts';
import type {Collector} from '../collect/collector.ts';
import {MAX_CONFIG_BYTES, findConfigs} from './config-files.ts';
import type {ConfigPorts} from './config-files.ts';

/** Milliseconds; a disk that is busy with images answers late. */
const TIMEOUT_MS = 10_000;
const MAIN = 'cri/config.toml';

/**
 * containerd's configuration without credentials: `cri/config.toml`, and what it imports as `cri/config/<order>-<name>`.
 */
export function configCollector(ports: ConfigPorts): Collector {
  return {
    name: 'cri.config',
    timeoutMs: TIMEOUT_MS,
    maxBytes: MAX_CONFIG_BYTES,
    async *collect() {
      const {files, missing} = await findConfigs(ports);
      for (const [index, {path, text}] of files.entries()) {
        yield {
          file: index === 0 ? MAIN : importedFile(index, path),
          source: path,
          body: redactToml(text),
        };
      }
      for (const [index, {path, reason, detail}] of missing.entries()) {
        yield {
          file: importedFile(files.length + index, path),
          source: path,
          missing: {reason, detail},
        };
      }
    },
  };
}

/** Names tell the order, for it decides what counts. */
function importedFile(index: number, path: string): string {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  const safe = name.replaceAll(/[^\w.-]+/g, '_').replace(/(?:\.toml)?$/, '.toml');
  return `cri/config/${String(index).padStart(2, '0')}-${safe}`;
}
