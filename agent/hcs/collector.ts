import type {Collector} from '../collect/collector.ts';
import {nativeCollector} from '../hcn/collectors.ts';
import type {NativePorts} from '../hcn/collectors.ts';

/** Lists compute systems, in a child process. */
export function hcsCollector(ports: NativePorts): Collector {
  return nativeCollector({
    name: 'hcs.systems',
    service: 'HCS',
    sources: [{file: 'hcs/systems.json', source: 'HcsEnumerateComputeSystems'}],
    ports,
  });
}
