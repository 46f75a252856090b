import {OWNED} from '../../../src/agent-manifests/labels.ts';
import {fields, list, text} from '../../../src/kube/shape.ts';
import {policyReports, REPORT_APIS, REPORT_NAME} from '../../../src/report/policy-reports.ts';
import type {PolicyReportObject, ReportApi} from '../../../src/report/policy-reports.ts';
import type {DoctorReport} from '../../../src/report/report.ts';
import {count} from '../../../src/text/words.ts';
import {ApiStatusError} from '../../kube/api-error.ts';
import type {ApiReader} from '../../kube/api-reader.ts';
import {HttpApiReader} from '../../kube/api-reader.ts';
import type {ApiWriter} from '../../kube/api-writer.ts';
import {HttpApiWriter} from '../../kube/api-writer.ts';
import {loadKubeconfig} from '../../kube/kubeconfig.ts';
import {parseAnswer} from '../../kube/list.ts';
import {accessOptions} from '../access.ts';
import type {InventoryRun} from '../inventory.ts';
import type {PublishFlags} from './flags.ts';

/** Writes findings as reports of policies where the cluster has such an API, and takes those away that no longer hold. */
export async function writePolicyReports(
  report: DoctorReport,
  flags: PublishFlags,
  {signal, note, seconds}: InventoryRun & {seconds: number},
): Promise<void> {
  if (flags.from !== undefined) {
    note('no reports of policies: a capture is not written to');
    return;
  }
  const access = loadKubeconfig(accessOptions(flags));
  const ports = {reader: new HttpApiReader(access), writer: new HttpApiWriter(access), signal};
  try {
    const api = await servedApi(ports);
    if (!api)
      note(`no reports of policies: the cluster has neither ${REPORT_APIS.map(a => a.group).join(' nor ')}`);
    else
      note(
        `${count(await tellReports(policyReports(report, api, seconds), api, ports), 'report')} of policies written`,
      );
  } catch (error) {
    signal.throwIfAborted();
    note(
      `not every report of policies could be written: ${error instanceof Error ? error.message : String(error)}`,
    );
  } finally {
    await Promise.all([ports.reader.close(), ports.writer.close()]);
  }
}

/** How reports are written. */
export interface ReportPorts {
  reader: ApiReader;
  writer: Pick<ApiWriter, 'apply' | 'remove'>;
  signal: AbortSignal;
}

/** The first API that the cluster has. */
export async function servedApi({
  reader,
  signal,
}: Pick<ReportPorts, 'reader' | 'signal'>): Promise<ReportApi | undefined> {
  for (const api of REPORT_APIS) {
    try {
      await reader.get(baseOf(api), {signal});
      return api;
    } catch (error) {
      if (!(error instanceof ApiStatusError && error.status === 404)) throw error;
    }
  }
  return undefined;
}

/** Applies reports and removes those of namespaces that have no findings any more; answers how many were applied. */
export async function tellReports(
  reports: readonly PolicyReportObject[],
  api: ReportApi,
  {reader, writer, signal}: ReportPorts,
): Promise<number> {
  for (const report of reports)
    await writer.apply(pathOf(api, report.metadata.namespace), report, {signal, force: true});
  const path = `${baseOf(api)}/${api.namespaced.plural}?labelSelector=${encodeURIComponent(OWNED)}`;
  const {text: body} = await reader.get(path, {signal});
  const held = new Set(reports.map(r => r.metadata.namespace));
  for (const {metadata} of listShape(parseAnswer(body, path), '', undefined)?.items ?? []) {
    if (metadata.name === REPORT_NAME && !held.has(metadata.namespace))
      await writer.remove(pathOf(api, metadata.namespace), {signal});
  }
  return reports.length;
}

function baseOf({group, version}: ReportApi): string {
  return `/apis/${group}/${version}`;
}

function pathOf(api: ReportApi, namespace: string | undefined): string {
  const place =
    namespace === undefined ? api.cluster.plural : `namespaces/${namespace}/${api.namespaced.plural}`;
  return `${baseOf(api)}/${place}/${REPORT_NAME}`;
}

interface Listed {
  metadata: {name: string; namespace: string};
}

const listShape = fields<{items: Listed[]}>(
  {
    items: list(
      fields<Listed>(
        {metadata: fields<Listed['metadata']>({name: text, namespace: text}, {name: '', namespace: ''})},
        {metadata: {name: '', namespace: ''}},
      ),
    ),
  },
  {items: []},
);
