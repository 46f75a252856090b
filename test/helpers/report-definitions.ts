import type {ReportApi} from '../../src/report/policy-reports.ts';

const STRING = {type: 'string'};
const REFERENCE = {
  type: 'object',
  properties: {apiVersion: STRING, kind: STRING, name: STRING, namespace: STRING, uid: STRING},
};
const RESULT = {
  type: 'object',
  required: ['policy'],
  properties: {
    source: STRING,
    policy: STRING,
    rule: STRING,
    category: STRING,
    message: STRING,
    // The oldest list of the two APIs.
    severity: {type: 'string', enum: ['high', 'low', 'medium']},
    result: {type: 'string', enum: ['pass', 'fail', 'warn', 'error', 'skip']},
    scored: {type: 'boolean'},
    timestamp: {
      type: 'object',
      required: ['nanos', 'seconds'],
      properties: {nanos: {type: 'integer', format: 'int32'}, seconds: {type: 'integer', format: 'int64'}},
    },
    resources: {type: 'array', items: REFERENCE},
    properties: {type: 'object', additionalProperties: STRING},
  },
};
const COUNT = {type: 'integer'};

/**
 * CustomResourceDefinitions of an API of reports, with the fields, types and lists of words of the published ones
 * (kubernetes-sigs/wg-policy-prototypes, openreports/reports-api); what is not in them is refused under strict validation.
 */
export function reportDefinitions({group, version, namespaced, cluster, hasSource}: ReportApi): object[] {
  return [
    {names: namespaced, scope: 'Namespaced'},
    {names: cluster, scope: 'Cluster'},
  ].map(({names, scope}) => ({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {name: `${names.plural}.${group}`},
    spec: {
      group,
      scope,
      names: {...names, singular: names.kind.toLowerCase(), listKind: `${names.kind}List`},
      versions: [
        {
          name: version,
          served: true,
          storage: true,
          schema: {
            openAPIV3Schema: {
              type: 'object',
              properties: {
                apiVersion: STRING,
                kind: STRING,
                metadata: {type: 'object'},
                ...(hasSource && {source: STRING}),
                scope: REFERENCE,
                summary: {
                  type: 'object',
                  properties: {pass: COUNT, fail: COUNT, warn: COUNT, error: COUNT, skip: COUNT},
                },
                results: {type: 'array', items: RESULT},
              },
            },
          },
        },
      ],
    },
  }));
}
