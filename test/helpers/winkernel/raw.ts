import type {Json} from '../raw.ts';
import {FirstVersion} from './raw-v1.ts';
import {SecondVersion} from './raw-v2.ts';
import type {HnsStore} from './store.ts';

/** Files below `hns/` as HNS answers them: lists of v1 and of v2 objects. */
export function rawFiles(store: HnsStore, upper: boolean): Record<string, Json> {
  const one = new FirstVersion(store);
  const two = new SecondVersion(store, upper);
  return {
    'hns/version.json': {Major: store.version.major, Minor: store.version.minor},
    'hns/v1-networks.json': store.networks.map(n => one.network(n)),
    'hns/v1-endpoints.json': store.endpoints.map(e => one.endpoint(e)),
    'hns/v1-namespaces.json': store.namespaces.map(n => one.namespace(n)),
    'hns/v1-policylists.json': store.balancers.map(b => one.policyList(b)),
    'hns/networks.json': store.networks.map(n => two.network(n)),
    'hns/endpoints.json': store.endpoints.map(e => two.endpoint(e)),
    'hns/namespaces.json': store.namespaces.map(n => two.namespace(n)),
    'hns/loadbalancers.json': store.balancers.map(b => two.balancer(b)),
    'hns/sdnroutes.json': [],
    'hns/errors.json': [],
  };
}
