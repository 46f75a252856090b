import type {KubeObject, LabelSelector} from './object.ts';

export interface CustomResourceDefinition extends KubeObject {
  kind: 'CustomResourceDefinition';
  spec: {
    group?: string;
    names?: {plural?: string; kind?: string};
    versions?: {name: string; served?: boolean}[];
  };
}

/** Mutating- or ValidatingWebhookConfiguration. */
export interface WebhookConfiguration extends KubeObject {
  webhooks?: {
    name: string;
    failurePolicy?: string;
    clientConfig?: {
      url?: string;
      service?: {namespace?: string; name?: string; port?: number; path?: string};
    };
    rules?: {apiGroups?: string[]; resources?: string[]; operations?: string[]}[];
    namespaceSelector?: LabelSelector;
  }[];
}

/** `gmsacredentialspecs.windows.k8s.io`: `credspec` stands at the top level of the object. */
export interface GmsaCredentialSpec extends KubeObject {
  kind: 'GMSACredentialSpec';
  credspec?: unknown;
}

/** Istio's `security.istio.io` PeerAuthentication. */
export interface PeerAuthentication extends KubeObject {
  kind: 'PeerAuthentication';
  spec: {mtls?: {mode?: string}; selector?: LabelSelector};
}
