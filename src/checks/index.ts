import type {Check} from './define.ts';
import {checks as agt} from './agt/index.ts';
import {checks as adv} from './adv/index.ts';
import {checks as cib} from './cib/index.ts';
import {checks as cld} from './cld/index.ts';
import {checks as cni} from './cni/index.ts';
import {checks as cri} from './cri/index.ts';
import {checks as dns} from './dns/index.ts';
import {checks as evt} from './evt/index.ts';
import {checks as hns} from './hns/index.ts';
import {checks as idn} from './idn/index.ts';
import {checks as img} from './img/index.ts';
import {checks as kbl} from './kbl/index.ts';
import {checks as log} from './log/index.ts';
import {checks as net} from './net/index.ts';
import {checks as nod} from './nod/index.ts';
import {checks as pod} from './pod/index.ts';
import {checks as sch} from './sch/index.ts';
import {checks as sto} from './sto/index.ts';
import {checks as svc} from './svc/index.ts';

/** Every check, by area in the order of the catalogue, then by id. */
export const CHECKS: readonly Check[] = [
  ...sch,
  ...pod,
  ...img,
  ...cri,
  ...nod,
  ...adv,
  ...hns,
  ...svc,
  ...cni,
  ...net,
  ...dns,
  ...kbl,
  ...log,
  ...idn,
  ...sto,
  ...cld,
  ...cib,
  ...evt,
  ...agt,
];
