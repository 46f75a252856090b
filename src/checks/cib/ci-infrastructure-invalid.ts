import {osOf} from '../../kube/os.ts';
import {isRecord} from '../../kube/shape.ts';
import {isExpression} from '../../manifests/pipeline.ts';
import {collected} from '../../snapshot/evidence.ts';
import type {Outcome} from '../define.ts';
import {defineCheck, fail, pass, ref, skip} from '../define.ts';
import {BUILD_INFRASTRUCTURE, WINDOWS_BUILDS} from './shared/links.ts';
import type {StagePlace} from './shared/stages.ts';
import {failSetting, osOfSelector, owningStagesOf, shown, stageName, stagesOf} from './shared/stages.ts';

/** What every Kubernetes infrastructure must hold. */
const REQUIRED = ['connectorRef', 'namespace'] as const;

const COMPLETE =
  'Complete the infrastructure of the stage: `type: KubernetesDirect` and in its `spec` `connectorRef`, `namespace` and `os`.';
const ONE_OS =
  'Let `os` and `nodeSelector` name the same OS: `os: Windows` with `kubernetes.io/os: windows`.';
const IDENTIFIERS = 'Give tolerations of one key an `identifier` each.';

export default defineCheck({
  id: 'CIB014',
  name: 'ci-infrastructure-invalid',
  severity: 'error',
  since: '0.1.0',
  title: 'The infrastructure of a build stage is incomplete or contradicts itself',
  evidence: ['M'],
  needs: ['pipelines'],
  docs: {
    what: 'The infrastructure of a Kubernetes stage must have `type`, `connectorRef` and `namespace`, and an `os` that is Linux or Windows and does not contradict the node selector; tolerations that share a key need an `identifier` each. A missing `os` is a warning, as CI then takes Linux, and an error where the node selector names Windows. Runtime inputs and expressions are never faults.',
    why: 'CI refuses to save or to run such a pipeline, or builds for one OS on nodes of the other.',
    fix: [COMPLETE, ONE_OS, IDENTIFIERS],
    links: [BUILD_INFRASTRUCTURE, WINDOWS_BUILDS],
  },
  *run({pipelines}): Iterable<Outcome> {
    const places = owningStagesOf(stagesOf(collected(pipelines)));
    if (places.length === 0) yield skip('there is no build stage on Kubernetes');
    for (const place of places) {
      const faults = [...requiredFaults(place), ...osFaults(place), ...tolerationFaults(place)];
      if (faults.length > 0) yield* faults;
      else yield pass(place.pipeline);
    }
  },
});

function* requiredFaults(place: StagePlace): Iterable<Outcome> {
  const {stage, pipeline, settings} = place;
  const {type, spec, pointer} = stage.infrastructure;
  if (type === undefined) {
    yield fail(pipeline, {
      cause: 'type-missing',
      fix: [COMPLETE],
      message: `the infrastructure of stage "${stageName(place)}" has no \`type\``,
      evidence: [ref(pipeline, pointer)],
    });
  }
  // Without a spec of its own it is a runtime input as a whole.
  if (!spec) return;
  for (const key of REQUIRED) {
    const value = settings[key];
    if (value !== undefined && value !== null && value !== '') continue;
    yield failSetting(place, `/${key}`, {
      cause: `${key}-missing`,
      fix: [COMPLETE],
      message: `the infrastructure of stage "${stageName(place)}" has no \`${key}\``,
    });
  }
}

function* osFaults(place: StagePlace): Iterable<Outcome> {
  if (!place.stage.infrastructure.spec) return;
  const {os, nodeSelector} = place.settings;
  const selected = osOfSelector(nodeSelector);
  if (isExpression(os)) return;
  if (os === undefined || os === null || os === '') {
    yield failSetting(place, '/os', {
      severity: selected === 'windows' ? 'error' : 'warning',
      cause: 'os-missing',
      fix: [COMPLETE],
      message:
        selected === 'windows'
          ? `the infrastructure of stage "${stageName(place)}" selects Windows nodes and has no \`os\`, so CI builds its pod for Linux`
          : `the infrastructure of stage "${stageName(place)}" has no \`os\`, so CI takes Linux`,
    });
    return;
  }
  const named = typeof os === 'string' ? osOf(os) : undefined;
  if (named === undefined) {
    yield failSetting(place, '/os', {
      cause: 'os-unknown',
      fix: [ONE_OS],
      message: `the \`os\` of stage "${stageName(place)}" is ${JSON.stringify(os)}, and only Linux and Windows run on Kubernetes`,
      value: os,
    });
  } else if (selected !== undefined && selected !== named) {
    yield failSetting(place, '/nodeSelector', {
      cause: 'os-contradiction',
      fix: [ONE_OS],
      message: `stage "${stageName(place)}" is for ${shown(os)}, and its node selector names ${selected}`,
      value: nodeSelector,
    });
  }
}

function* tolerationFaults(place: StagePlace): Iterable<Outcome> {
  const {tolerations} = place.settings;
  if (!Array.isArray(tolerations)) return;
  const items = (tolerations as unknown[]).map((item, index) => ({item, index}));
  const byKey = Map.groupBy(
    items.filter(({item}) => isRecord(item) && typeof item['key'] === 'string'),
    ({item}) => (isRecord(item) ? item['key'] : undefined),
  );
  for (const [key, alike] of byKey) {
    if (alike.length < 2) continue;
    const nameless = alike.filter(({item}) => isRecord(item) && typeof item['identifier'] !== 'string');
    const names = new Set(alike.map(({item}) => (isRecord(item) ? item['identifier'] : undefined)));
    const [first] = nameless.length > 0 ? nameless : alike;
    if (!first || (nameless.length === 0 && names.size === alike.length)) continue;
    yield failSetting(place, `/tolerations/${first.index}/key`, {
      cause: 'toleration-identifier',
      fix: [IDENTIFIERS],
      message: `${alike.length} tolerations of stage "${stageName(place)}" have the key \`${String(key)}\`, and not each an \`identifier\` of its own`,
      value: key,
    });
  }
}
