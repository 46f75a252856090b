import type {EndpointSlice, WebhookConfiguration} from '../../kube/types.ts';
import type {Evidence} from '../../snapshot/evidence.ts';
import type {Outcome} from '../define.ts';
import {defineCheck, fail, failSpec, pass, ref, skip, unknown} from '../define.ts';
import type {GmsaUse} from './shared/gmsa-users.ts';
import {gapOf} from '../../snapshot/evidence.ts';
import {GMSA_GUIDE, gmsaUses, hasGmsaCrd, unknownUses} from './shared/gmsa-users.ts';

type Webhook = NonNullable<WebhookConfiguration['webhooks']>[number];
type Side = 'mutating' | 'validating';

const MISSING: Readonly<Record<Side, string>> = {
  mutating: 'nothing fills in the credential spec, so the containers run without a domain identity',
  validating: 'nothing checks who may use it, so that any pod can take its identity',
};

export default defineCheck({
  id: 'IDN003',
  name: 'gmsa-webhook-missing',
  severity: 'error',
  since: '0.1.0',
  title: 'The gMSA webhook is absent or has no ready pod',
  evidence: ['A'],
  needs: ['workloads'],
  wants: ['mutatingWebhooks', 'validatingWebhooks', 'endpointSlices', 'customResourceDefinitions'],
  docs: {
    what: 'Where a workload names a credential spec, the cluster needs both halves of the gMSA webhook: a mutating and a validating one for pods, recognised by `gmsa` in the name of the webhook or of its Service; and the Service behind each must have a ready endpoint.',
    why: 'Without the mutating half the pods run without their domain identity. Without the validating half anyone may use any account. With no ready pod behind them the API server refuses every new pod that they cover.',
    fix: [
      'Look: `kubectl get mutatingwebhookconfigurations,validatingwebhookconfigurations | grep -i gmsa`, and at its pods: `kubectl get pods -A | grep -i gmsa`.',
      'Install it: `helm install gmsa --repo https://raw.githubusercontent.com/kubernetes-sigs/windows-gmsa/gh-pages windows-gmsa -n gmsa --create-namespace`; on AKS `az aks update -g GROUP -n CLUSTER --enable-windows-gmsa`.',
    ],
    links: [GMSA_GUIDE, 'https://github.com/kubernetes-sigs/windows-gmsa'],
  },
  *run({workloads, wants}): Iterable<Outcome> {
    const uses = gmsaUses(workloads);
    if (uses.length === 0) {
      yield skip('no workload names a credential spec');
      return;
    }
    if (hasGmsaCrd(wants.customResourceDefinitions) === false) {
      yield skip('gMSA is not installed at all (IDN001)');
      return;
    }
    yield* judgeSide('mutating', wants.mutatingWebhooks, uses, wants.endpointSlices);
    yield* judgeSide('validating', wants.validatingWebhooks, uses, wants.endpointSlices);
  },
});

function* judgeSide(
  side: Side,
  configurations: Evidence<WebhookConfiguration[]>,
  uses: readonly GmsaUse[],
  slices: Evidence<EndpointSlice[]>,
): Iterable<Outcome> {
  const gap = gapOf(configurations);
  if (!configurations.ok || gap) {
    if (gap) yield* unknownUses(uses, `${side}Webhooks`, gap);
    return;
  }
  const found = configurations.value.flatMap(configuration =>
    (configuration.webhooks ?? [])
      .map((webhook, index) => ({configuration, webhook, index}))
      .filter(({webhook}) => isGmsa(configuration, webhook)),
  );
  if (found.length === 0) {
    for (const {workload, ref: place} of uses) {
      yield failSpec(workload, {
        cause: `${side}-missing`,
        message: `the cluster has no ${side} webhook for gMSA: ${MISSING[side]}`,
        evidence: [place],
      });
    }
    return;
  }
  for (const {configuration, webhook, index} of found)
    yield judgeService(configuration, webhook, index, slices);
}

/** It is for pods, and its name, its configuration's or its Service's says what it is. */
function isGmsa({metadata}: WebhookConfiguration, {name, clientConfig, rules = []}: Webhook): boolean {
  const named = [name, metadata.name, clientConfig?.service?.name].some(text => /gmsa/i.test(text ?? ''));
  return named && rules.some(rule => rule.resources?.some(r => r === 'pods' || r === '*'));
}

function judgeService(
  configuration: WebhookConfiguration,
  {clientConfig, failurePolicy = 'Fail'}: Webhook,
  index: number,
  slices: Evidence<EndpointSlice[]>,
): Outcome {
  const service = clientConfig?.service;
  // A webhook behind a URL runs outside the cluster.
  if (!service) return pass(configuration);
  const gap = gapOf(slices);
  if (gap) {
    return unknown(configuration, 'endpointSlices', gap);
  }
  const ready = (slices.ok ? slices.value : []).some(
    ({metadata, endpoints = []}) =>
      metadata.namespace === service.namespace &&
      metadata.labels?.['kubernetes.io/service-name'] === service.name &&
      endpoints.some(e => e.conditions?.ready !== false),
  );
  if (ready) return pass(configuration);
  const effect = failurePolicy === 'Ignore' ? 'is passed over' : 'refuses every new pod that it covers';
  return fail(configuration, {
    cause: 'not-ready',
    message: `the Service \`${service.namespace ?? ''}/${service.name ?? ''}\` of the gMSA webhook has no ready endpoint, so it ${effect}`,
    evidence: [ref(configuration, `/webhooks/${index}/clientConfig/service`, service)],
  });
}
