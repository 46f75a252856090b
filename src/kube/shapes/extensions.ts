import type * as kube from '../types.ts';
import type {Reader} from '../shape.ts';
import {anything, fields, flag, integer, isRecord, list, mapOf, text} from '../shape.ts';
import {object} from './object.ts';
import {labelSelector} from './scheduling.ts';
import {masked} from './quoted.ts';

/** Mutating- and ValidatingWebhookConfigurations. */
export const webhooks = (kind: string): Reader<kube.WebhookConfiguration> =>
  object<kube.WebhookConfiguration>(kind, {
    webhooks: list(
      fields<NonNullable<kube.WebhookConfiguration['webhooks']>[number]>(
        {
          name: text,
          failurePolicy: text,
          clientConfig: fields({
            url: masked,
            service: fields({namespace: text, name: text, port: integer, path: text}),
          }),
          rules: list(fields({apiGroups: list(text), resources: list(text), operations: list(text)})),
          namespaceSelector: labelSelector,
        },
        {name: ''},
      ),
    ),
  });

/** A custom resource that is read in passing. */
export const customObject = (kind: string): Reader<kube.CustomObject> =>
  object<kube.CustomObject>(kind, {spec: mapOf(anything)});

/** Definitions of custom resources, without their schemas. */
export const customResourceDefinition = object<kube.CustomResourceDefinition>(
  'CustomResourceDefinition',
  {
    spec: fields({
      group: text,
      names: fields({plural: text, kind: text}),
      versions: list(fields<{name: string; served?: boolean}>({name: text, served: flag}, {name: ''})),
    }),
  },
  {spec: {}},
);

/** Fields of a credential spec that checks look into; whatever else somebody wrote there is none of their business. */
const CREDSPEC_FIELDS = ['CmsPlugins', 'DomainJoinConfig', 'ActiveDirectoryConfig'] as const;

const credspec: Reader<unknown> = value => {
  if (!isRecord(value)) return value ?? undefined;
  return Object.fromEntries(CREDSPEC_FIELDS.filter(f => Object.hasOwn(value, f)).map(f => [f, value[f]]));
};

/** gMSA credential specs. */
export const gmsaCredentialSpec = object<kube.GmsaCredentialSpec>('GMSACredentialSpec', {credspec});
