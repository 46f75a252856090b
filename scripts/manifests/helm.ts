import {stringify} from 'yaml';
import {daemonSet} from '../../src/agent-manifests/daemon-set.ts';
import {bindings} from '../../src/agent-manifests/namespace-roles.ts';
import {objectsFor} from '../../src/agent-manifests/objects.ts';
import {securityContextConstraints} from '../../src/agent-manifests/open-shift.ts';
import {ROLES} from '../../src/agent-manifests/role-names.ts';
import {keySecret} from '../../src/agent-manifests/secret.ts';
import type {AgentSettings, ManifestObject} from '../../src/agent-manifests/settings.ts';
import {SETTINGS_ANNOTATION} from '../../src/agent-manifests/stored-settings.ts';
import {yamlOf} from '../../plugin/services/agent-manifest.ts';

const OPEN_SHIFT = '.Capabilities.APIVersions.Has "security.openshift.io/v1"';

/** What stands in the objects where the chart's values go. */
const MARK = {
  image: 'VALUE-IMAGE',
  // A share, since a number would be read as one.
  maxUnavailable: 'VALUE-MAX%',
  targets: 'VALUE-TARGETS',
  nodeLabel: 'VALUE-NODE-LABEL',
  toleration: 'VALUE-TOLERATION',
  pullSecret: 'VALUE-PULL-SECRET',
  subject: 'VALUE-SUBJECT',
  key: 'VALUE-KEY',
};

/** A mark on lines of its own; what is written instead, as deep as the mark's group stands. */
const LISTS: readonly [RegExp, string][] = [
  [
    /^( *)imagePullSecrets:\n *- name: VALUE-PULL-SECRET\n/gm,
    '{{- with .Values.imagePullSecrets }}\nimagePullSecrets: {{- toYaml . | nindent 2 }}\n{{- end }}\n',
  ],
  [
    /^( *)VALUE-NODE-LABEL: ""\n/gm,
    '{{- with .Values.nodeSelector }}\n{{- toYaml . | nindent 0 }}\n{{- end }}\n',
  ],
  [/^( *)- key: VALUE-TOLERATION\n/gm, '{{- toYaml .Values.tolerations | nindent 0 }}\n'],
  [
    /^( *)seLinuxOptions:\n +type: spc_t\n/gm,
    `{{- if ${OPEN_SHIFT} }}\nseLinuxOptions:\n  type: spc_t\n{{- end }}\n`,
  ],
];

/** The chart itself; chart and agent have one version (https://helm.sh/docs/topics/charts/). */
export function chart(version: string): string {
  return stringify({
    apiVersion: 'v2',
    name: 'kubectl-win-agent',
    description: 'The node agent of kubectl win: reads what only a Windows node knows, and changes nothing',
    type: 'application',
    version,
    appVersion: version,
    kubeVersion: '>=1.25.0-0',
  });
}

/** The template of everything that the chart creates. */
export function helmTemplate(version: string): string {
  const settings: AgentSettings = {
    version,
    image: MARK.image,
    pullSecrets: [MARK.pullSecret],
    os: ['windows'],
    nodes: [],
    nodeSelector: {[MARK.nodeLabel]: ''},
    tolerations: [{key: MARK.toleration}],
    maxUnavailable: MARK.maxUnavailable,
    targets: [MARK.targets],
    clusterTargets: [],
    users: [],
    execUsers: [],
    openShift: false,
  };
  const {namespace, members} = objectsFor(settings);
  return [
    yaml(withoutSettings(namespace)),
    when(OPEN_SHIFT, yaml(securityContextConstraints())),
    keyTemplate(),
    ...members.map(yaml),
    when('.Values.linux', yaml(daemonSet('linux', {...settings, os: ['linux'], openShift: true}))),
    ...[ROLES.use, ROLES.exec].map(role => bindingTemplate(role)),
  ].join('---\n');
}

/** They are for the next `agent install`; a release of Helm keeps its own. */
function withoutSettings(namespace: ManifestObject): ManifestObject {
  const {[SETTINGS_ANNOTATION]: _, ...annotations} = namespace.metadata.annotations ?? {};
  const {annotations: _all, ...metadata} = namespace.metadata;
  return {
    ...namespace,
    metadata: Object.keys(annotations).length > 0 ? {...metadata, annotations} : metadata,
  };
}

/** An upgrade keeps the key that is there. */
function keyTemplate(): string {
  const secret = keySecret(MARK.key);
  const {name, namespace} = secret.metadata;
  const old = `{{- $secret := lookup "v1" "Secret" "${namespace}" "${name}" }}\n`;
  const key =
    '{{ if $secret }}{{ index $secret.data "key" | b64dec | quote }}{{ else }}{{ .Values.key | default (randBytes 32) | quote }}{{ end }}';
  return old + yaml(secret).replace(MARK.key, key);
}

/** Exec alone finds no pod and reads no key: who may exec may use, too. */
function bindingTemplate(role: string): string {
  const value = role === ROLES.use ? 'concat .Values.bind.use .Values.bind.exec' : '.Values.bind.exec';
  const [binding] = bindings(role, [{kind: 'User', name: MARK.subject}]);
  if (!binding) throw new Error(`no binding for ${role}`);
  const {subjects: _, ...rest} = binding;
  return `{{- with ${value} }}\n${yaml(rest)}subjects: {{- toYaml . | nindent 2 }}\n{{- end }}\n`;
}

function when(condition: string, text: string): string {
  return `{{- if ${condition} }}\n${text}{{- end }}\n`;
}

function yaml(object: ManifestObject): string {
  let text = yamlOf([object])
    .replaceAll(MARK.image, '{{ include "kubectl-win-agent.image" . | quote }}')
    .replaceAll(MARK.maxUnavailable, '{{ .Values.maxUnavailable }}')
    .replaceAll(MARK.targets, '{{ join "," .Values.probeTargets | quote }}');
  for (const [mark, written] of LISTS)
    text = text.replaceAll(mark, (_: string, indent: string) => indented(written, indent));
  return text;
}

/** Lines of a template at a depth, and what they write there, too. */
function indented(template: string, indent: string): string {
  return template
    .replaceAll(/^(?=.)/gm, indent)
    .replaceAll(/nindent (\d+)/g, (_, depth: string) => `nindent ${indent.length + Number(depth)}`);
}
