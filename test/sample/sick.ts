import type {Raw} from '../helpers/raw.ts';
import {shop} from './cluster.ts';
import {missingGmsa} from './identity.ts';
import {badUpdate, deadNode} from './nodes.ts';
import {badSubnet, linuxDaemonSet, missingLibrary, missingToleration, oldImage} from './programs.ts';
import {missingCsiDriver} from './storage.ts';

/** The shop with nine faults that have nothing to do with one another, each with what it brings about. */
export function sick(): Raw[] {
  const cluster = shop();
  badUpdate(cluster);
  deadNode(cluster);
  oldImage(cluster);
  missingGmsa(cluster);
  missingCsiDriver(cluster);
  linuxDaemonSet(cluster);
  missingLibrary(cluster);
  badSubnet(cluster);
  missingToleration(cluster);
  return cluster.objects;
}
