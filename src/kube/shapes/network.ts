import type * as kube from '../types.ts';
import {fields, flag, integer, integerOrText, list, mapOf, text} from '../shape.ts';
import {object} from './object.ts';
import {labelSelector} from './scheduling.ts';

/** Services. */
export const service = object<kube.Service>(
  'Service',
  {
    spec: fields<kube.Service['spec']>({
      type: text,
      clusterIP: text,
      clusterIPs: list(text),
      externalIPs: list(text),
      externalName: text,
      selector: mapOf(text),
      ports: list(
        fields<kube.ServicePort>(
          {name: text, port: integer, protocol: text, targetPort: integerOrText, nodePort: integer},
          {port: 0},
        ),
      ),
      externalTrafficPolicy: text,
      internalTrafficPolicy: text,
      sessionAffinity: text,
      healthCheckNodePort: integer,
      ipFamilies: list(text),
      publishNotReadyAddresses: flag,
      loadBalancerClass: text,
    }),
    status: fields({loadBalancer: fields({ingress: list(fields({ip: text, hostname: text, ipMode: text}))})}),
  },
  {spec: {}, status: {}},
  'keep-times',
);

/** Where a Service's traffic goes. */
export const endpointSlice = object<kube.EndpointSlice>(
  'EndpointSlice',
  {
    addressType: text,
    endpoints: list(
      fields<NonNullable<kube.EndpointSlice['endpoints']>[number]>({
        addresses: list(text),
        conditions: fields({ready: flag, serving: flag, terminating: flag}),
        nodeName: text,
        targetRef: fields({kind: text, namespace: text, name: text}),
      }),
    ),
    ports: list(fields({name: text, port: integer, protocol: text})),
  },
  {},
  'keep-times',
);

const peer = fields<kube.NetworkPolicyPeer>({
  podSelector: labelSelector,
  namespaceSelector: labelSelector,
  ipBlock: fields<NonNullable<kube.NetworkPolicyPeer['ipBlock']>>(
    {cidr: text, except: list(text)},
    {cidr: ''},
  ),
});
const policyPort = fields<kube.NetworkPolicyPort>({protocol: text, port: integerOrText, endPort: integer});

/** Which pods may talk to which. */
export const networkPolicy = object<kube.NetworkPolicy>(
  'NetworkPolicy',
  {
    spec: fields({
      podSelector: labelSelector,
      policyTypes: list(text),
      ingress: list(fields({from: list(peer), ports: list(policyPort)})),
      egress: list(fields({to: list(peer), ports: list(policyPort)})),
    }),
  },
  {spec: {}},
);

/** Istio's mutual TLS. */
export const peerAuthentication = object<kube.PeerAuthentication>(
  'PeerAuthentication',
  {spec: fields({mtls: fields({mode: text}), selector: labelSelector})},
  {spec: {}},
);
