import type {CaptureFiles} from '../../src/capture/files.ts';
import type {Dump} from './dump.ts';

/** A dump as if it had been opened: files in memory. */
export function filesOf(dump: Dump | Record<string, string | Uint8Array>, name = 'test'): CaptureFiles {
  const entries = dump instanceof Map ? [...dump] : Object.entries(dump);
  const contents = new Map<string, Uint8Array>(
    entries.map(([path, content]) => [path, typeof content === 'string' ? Buffer.from(content) : content]),
  );
  return {
    name,
    notes: [],
    list: () => [...contents].map(([path, bytes]) => ({path, size: bytes.length})),
    async *read(paths) {
      for (const [path, bytes] of contents) if (paths.has(path)) yield {path, bytes};
    },
  };
}
