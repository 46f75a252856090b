import type {Pod} from '../kube/types.ts';
import type {Sandbox} from '../node/sandboxes.ts';
import type {EndpointMatch, JoinInput} from './endpoint-owners.ts';
import {OwnersOfEndpoints} from './endpoint-owners.ts';
import type {HnsEndpoint, HnsLoadBalancer, HnsModel, HnsNamespace} from './model.ts';
import {podsByAddress} from './pods-by-address.ts';
import type {ServedPort} from './served-ports.ts';
import {servedPorts} from './served-ports.ts';

/** An endpoint with what it belongs to. */
export interface JoinedEndpoint {
  readonly endpoint: HnsEndpoint;
  readonly namespace?: HnsNamespace;
  readonly sandbox?: Sandbox;
  /** The sandbox's pod, or the one that has the address; of a remote endpoint, a pod elsewhere. */
  readonly pod?: Pod;
  readonly by?: EndpointMatch;
}

/** A load balancer with its endpoints that are there, and the ports of Services that it is for. */
export interface JoinedLoadBalancer {
  readonly loadBalancer: HnsLoadBalancer;
  /** Of its endpoints, those that HNS has. */
  readonly endpoints: readonly JoinedEndpoint[];
  /** GUIDs of those that HNS does not have. */
  readonly lost: readonly string[];
  /** None: no Service has such an address and port. */
  readonly served: readonly ServedPort[];
}

/** Everything that HNS has on a node, joined with what Kubernetes has. */
export interface HnsJoins {
  /** By GUID. */
  readonly endpoints: ReadonlyMap<string, JoinedEndpoint>;
  readonly loadBalancers: readonly JoinedLoadBalancer[];
  /** Namespaces by GUID. */
  readonly namespaces: ReadonlyMap<string, HnsNamespace>;
}

/** Joins the objects of HNS on one node with its sandboxes, and with the cluster's pods and Services. */
export function joinHns(
  model: Pick<HnsModel, 'endpoints' | 'namespaces' | 'loadBalancers'>,
  input: JoinInput,
): HnsJoins {
  const namespaces = new Map(model.namespaces.map(n => [n.id, n]));
  const owners = new OwnersOfEndpoints(model.namespaces, input);
  const endpoints = new Map(
    model.endpoints.map(endpoint => {
      const namespace = owners.namespaceOf(endpoint);
      const joined = {endpoint, ...(namespace && {namespace}), ...owners.of(endpoint, namespace)};
      return [endpoint.id, joined] satisfies [string, JoinedEndpoint];
    }),
  );
  const served = servedPorts(input.services ?? []);
  return {
    namespaces,
    endpoints,
    loadBalancers: model.loadBalancers.map(loadBalancer => ({
      loadBalancer,
      endpoints: loadBalancer.endpoints.flatMap(id => endpoints.get(id) ?? []),
      lost: loadBalancer.endpoints.filter(id => !endpoints.has(id)),
      served: served.of(loadBalancer),
    })),
  };
}

/** The pods of a node that must have an endpoint of their own: those that share the host's network have none. */
export function podsWithEndpoints(pods: readonly Pod[], nodeName: string): Pod[] {
  return podsByAddress(pods).onNode(nodeName);
}
