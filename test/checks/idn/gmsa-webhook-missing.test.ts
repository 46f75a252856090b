import check from '../../../src/checks/idn/gmsa-webhook-missing.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import {gmsaCluster} from '../../helpers/gmsa.ts';

checkCases({
  check,
  finds: {
    'no mutating webhook': () => [
      gmsaCluster().removeAll('MutatingWebhookConfiguration'),
      {severity: 'error', subjects: ['Deployment/shop/web'], cause: 'mutating-missing'},
    ],
    'no validating webhook': () => [
      gmsaCluster().removeAll('ValidatingWebhookConfiguration'),
      {subjects: ['Deployment/shop/web'], cause: 'validating-missing'},
    ],
    'the webhook is for something else than pods': () => [
      gmsaCluster().changeAll(
        'MutatingWebhookConfiguration',
        w => (w.webhooks[0].rules[0].resources = ['secrets']),
      ),
      {subjects: ['Deployment/shop/web'], cause: 'mutating-missing'},
    ],
    'no endpoint of its Service is ready': () => [
      gmsaCluster().change(
        'EndpointSlice',
        'gmsa/gmsa-webhook-abcde',
        s => (s.endpoints[0].conditions.ready = false),
      ),
      {
        severity: 'error',
        subjects: [
          'MutatingWebhookConfiguration//gmsa-webhook',
          'ValidatingWebhookConfiguration//gmsa-webhook',
        ],
        says: /gmsa\/gmsa-webhook.*refuses every new pod/,
        cause: 'not-ready',
      },
    ],
    'its Service has no endpoints at all': () => [
      gmsaCluster().remove('EndpointSlice', 'gmsa/gmsa-webhook-abcde'),
      {
        subjects: [
          'MutatingWebhookConfiguration//gmsa-webhook',
          'ValidatingWebhookConfiguration//gmsa-webhook',
        ],
      },
    ],
  },
  passes: {
    'nobody uses gMSA, and webhooks may not be listed': () =>
      healthy().without('mutatingWebhooks').without('validatingWebhooks'),
    'both halves are there and ready': () => gmsaCluster(),
    'the webhook runs outside the cluster': () =>
      gmsaCluster()
        .changeAll(
          'MutatingWebhookConfiguration',
          w => (w.webhooks[0].clientConfig = {url: 'https://gmsa.example.test'}),
        )
        .changeAll(
          'ValidatingWebhookConfiguration',
          w => (w.webhooks[0].clientConfig = {url: 'https://gmsa.example.test'}),
        ),
    'gMSA is not installed, which IDN001 tells': () =>
      gmsaCluster()
        .removeAll('CustomResourceDefinition')
        .removeAll('MutatingWebhookConfiguration')
        .removeAll('ValidatingWebhookConfiguration'),
    'nobody uses gMSA': () => healthy(),
  },
  unknown: {
    'webhooks may not be listed': () => [gmsaCluster().without('mutatingWebhooks'), 'mutatingWebhooks'],
    'endpoints may not be listed': () => [gmsaCluster().without('endpointSlices'), 'endpointSlices'],
  },
});
