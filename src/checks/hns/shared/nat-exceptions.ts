import type {HnsEndpoint} from '../../../hns/model.ts';
import type {Ip, IpNet} from '../../../kube/ip.ts';
import {netCovers, netHolds, parseIp, parseNet} from '../../../kube/ip.ts';
import {exceptionsIn, ofType} from './policies.ts';

/** Where an endpoint's traffic keeps the pod's address, by all of its OutBoundNAT policies: dual stack has one a family. */
export interface NatExceptions {
  readonly texts: readonly string[];
  readonly nets: readonly IpNet[];
  /** Places of the policies among the endpoint's. */
  readonly positions: readonly number[];
}

/** Exceptions of an endpoint; undefined where nothing translates its addresses. */
export function natExceptions({policies}: HnsEndpoint): NatExceptions | undefined {
  const found = ofType(policies, 'OutBoundNAT');
  if (found.length === 0) return undefined;
  const texts = found.flatMap(({policy}) => exceptionsIn(policy));
  return {
    texts,
    nets: netsOf(texts),
    positions: found.map(f => f.position),
  };
}

/** Whether an address or a network is excepted. What is of a family of which nothing is excepted is not translated at all. */
export function isExcepted({nets}: NatExceptions, text: string): boolean {
  const net = parseNet(text);
  if (net) return !hasFamily(nets, net.family) || nets.some(n => netCovers(n, net));
  const ip = parseIp(text);
  return ip === undefined || !hasFamily(nets, ip.family) || nets.some(n => netHolds(n, ip));
}

/** Endpoints of a node mostly have the same exceptions, one after the other. */
let last: {key: string; nets: readonly IpNet[]} = {key: '', nets: []};

function netsOf(texts: readonly string[]): readonly IpNet[] {
  const key = texts.join(' ');
  if (last.key !== key) last = {key, nets: texts.flatMap(text => parseNet(text) ?? single(text))};
  return last.nets;
}

function hasFamily(nets: readonly IpNet[], family: Ip['family']): boolean {
  return nets.some(n => n.family === family);
}

function single(text: string): IpNet[] {
  const ip = parseIp(text);
  return ip ? [{...ip, bits: ip.family === 4 ? 32 : 128}] : [];
}
