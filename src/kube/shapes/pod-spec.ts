import type * as kube from '../types.ts';
import {
  anything,
  fields,
  flag,
  integer,
  list,
  mapOf,
  presence,
  quantity,
  text,
  withOthers,
} from '../shape.ts';
import {container, resources, securityFields} from './container.ts';
import {annotations} from './object.ts';
import {nodeAffinity, toleration} from './scheduling.ts';
import {settings} from './quoted.ts';

const podSecurity = fields<kube.PodSecurityContext>({
  ...securityFields,
  fsGroup: integer,
  fsGroupChangePolicy: text,
  sysctls: anything,
  supplementalGroups: anything,
  supplementalGroupsPolicy: text,
  seLinuxChangePolicy: text,
});

const volume = withOthers(
  fields<kube.Volume>(
    {
      name: text,
      emptyDir: fields({medium: text, sizeLimit: quantity}),
      hostPath: fields<{path: string; type?: string}>({path: text, type: text}, {path: ''}),
      persistentVolumeClaim: fields<{claimName: string}>({claimName: text}, {claimName: ''}),
      configMap: fields({name: text}),
      secret: fields({secretName: text}),
      csi: fields<NonNullable<kube.Volume['csi']>>(
        {driver: text, fsType: text, volumeAttributes: settings},
        {driver: ''},
      ),
      ephemeral: fields({volumeClaimTemplate: fields({spec: fields({storageClassName: text})})}),
      projected: presence,
      downwardAPI: presence,
      image: presence,
    },
    {name: ''},
  ),
);

/** What a pod is to be. */
export const podSpec = fields<kube.PodSpec>(
  {
    os: fields({name: text}),
    nodeName: text,
    nodeSelector: mapOf(text),
    affinity: fields({nodeAffinity, podAffinity: presence, podAntiAffinity: presence}),
    tolerations: list(toleration),
    runtimeClassName: text,
    schedulerName: text,
    priorityClassName: text,
    serviceAccountName: text,
    automountServiceAccountToken: flag,
    hostNetwork: flag,
    hostPID: flag,
    hostIPC: flag,
    hostUsers: flag,
    shareProcessNamespace: flag,
    dnsPolicy: text,
    dnsConfig: fields({nameservers: list(text), searches: list(text)}),
    resources,
    overhead: mapOf(quantity),
    securityContext: podSecurity,
    containers: list(container),
    initContainers: list(container),
    ephemeralContainers: list(container),
    volumes: list(volume),
    terminationGracePeriodSeconds: integer,
    restartPolicy: text,
  },
  {containers: []},
);

/** What a controller makes pods of. */
export const podTemplate = fields<kube.PodTemplate>(
  {metadata: fields({labels: mapOf(text), annotations}), spec: podSpec},
  {spec: {containers: []}},
);
