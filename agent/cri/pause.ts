import {readContainerdConfig} from '../../src/cri/config/read.ts';
import {pauseReport} from '../../src/cri/pause.ts';
import type {PauseEvidence} from '../../src/cri/pause.ts';
import {parseVersion} from '../../src/kube/version.ts';
import {readCriStatus, readCriVersion} from '../../src/node/cri.ts';
import type {CriVersion} from '../../src/node/cri.ts';
import {readImages as imagesIn} from '../../src/node/images.ts';
import {readSandboxes as sandboxesIn} from '../../src/node/sandboxes.ts';
import type {CollectContext, Collector} from '../collect/collector.ts';
import {jsonFile} from '../host/json-file.ts';
import {whyMissing} from '../collect/why-missing.ts';
import {CALLS} from './calls.ts';
import type {RuntimeClient} from './client.ts';
import {readStatus} from './collectors.ts';
import {findConfigs} from './config-files.ts';
import type {ConfigPorts} from './config-files.ts';
import {readImages} from './images.ts';
import {MAX_BYTES, TIMEOUT_MS} from './limits.ts';
import {withRuntime} from './ports.ts';
import type {RuntimePorts} from './ports.ts';
import {readSandboxes} from './sandboxes.ts';

/** The node's pause image, worked out from all that names it: `cri/pause.json`, a PauseReport. */
export function pauseCollector(runtime: RuntimePorts, config: ConfigPorts): Collector {
  return {
    name: 'cri.pause',
    timeoutMs: TIMEOUT_MS,
    maxBytes: MAX_BYTES,
    async *collect(context: CollectContext) {
      const asked = await withRuntime(runtime, context, readEvidence).catch((error: unknown) => ({
        evidence: {} as PauseEvidence, // Without a runtime its configuration still says what it will use.
        gaps: [whyMissing(error)],
      }));
      const {evidence, gaps} = asked;
      const found = await findConfigs(config).catch((error: unknown) => {
        gaps.push(whyMissing(error));
      });
      const report = pauseReport({
        ...evidence,
        ...(found && {config: readContainerdConfig(filesOf(found.files), majorOf(evidence.version))}),
      });
      const [gap] = gaps;
      yield jsonFile('cri/pause.json', {
        source: 'CRI and containerd’s configuration',
        value: report,
        ...(gap && {partial: gap}),
      });
    },
  };
}

function filesOf(files: readonly {path: string; text: string}[]) {
  return files.map(({path, text}) => ({file: path, text}));
}

function majorOf(version: CriVersion | undefined): number | undefined {
  return parseVersion(version?.runtimeVersion)?.major;
}

async function readEvidence(client: RuntimeClient) {
  const gaps: ReturnType<typeof whyMissing>[] = [];
  const part = async <T>(asked: Promise<T>): Promise<T | undefined> => {
    try {
      return await asked;
    } catch (error) {
      gaps.push(whyMissing(error));
      return undefined;
    }
  };
  const [version, status, images, sandboxes] = await Promise.all([
    part(client.ask(CALLS.version())),
    part(readStatus(client)),
    part(readImages(client)),
    part(readSandboxes(client)),
  ]);
  const readVersion = readCriVersion(version);
  const readState = readCriStatus(status);
  const evidence: PauseEvidence = {
    ...(readVersion && {version: readVersion}),
    ...(readState && {status: readState}),
    ...(images && {images: imagesIn({images: images.items})}),
    ...(sandboxes && {sandboxes: sandboxesIn({items: sandboxes.items})}),
  };
  return {evidence, gaps};
}
