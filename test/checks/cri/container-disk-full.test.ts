import check from '../../../src/checks/cri/container-disk-full.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';
import type {Json} from '../../helpers/raw.ts';

const GIB = 2 ** 30;

/** The healthy cluster where the container on `win-1` has a volume like this. */
const volume = (edit: (volume: Json) => void) =>
  healthyWithAgents().onNode('win-1', n => n.change('cri/volumes.json', ([v]) => edit(v)));

const withFree = (free: number) => volume(v => Object.assign(v, {size: 20 * GIB, free}));

/** What stands of a container whose room could not be had. */
const unread = (error: string) => (v: Json) => Object.assign(v, {size: null, free: null, error});

checkCases({
  check,
  finds: {
    'a container that has written its disk nearly full': () => [
      withFree(1.25 * GIB),
      {
        subjects: ['Pod/shop/web-0'],
        severity: 'warning',
        cause: 'disk nearly full',
        says: /^Container iis of pod shop\/web-0 has 1\.3 of 20\.0 GiB left on its drive C: \(6 %\)$/,
      },
    ],
    'no byte is left': () => [withFree(0), {subjects: ['Pod/shop/web-0'], says: /has 0\.0 of 20\.0 GiB/}],
    'one byte less than 15 %': () => [withFree(3 * GIB - 1), {subjects: ['Pod/shop/web-0'], says: /14 %/}],
  },
  passes: {
    'nearly all of it is free': () => healthyWithAgents(),
    '15 % are free': () => withFree(3 * GIB),
    'nothing runs on the node': () =>
      healthyWithAgents().onNode('win-1', n => n.change('cri/volumes.json', all => all.splice(0))),
    'a HostProcess pod, which writes to the disk of the node': () =>
      volume(unread("its process runs from the node's own volume")).change('Pod', 'shop/web-0', pod => {
        pod.spec.securityContext = {windowsOptions: {hostProcess: true}};
      }),
  },
  unknown: {
    'no agent was asked': () => [healthy(), 'node.cri.volumes'],
    'the runtime did not list its containers': () => [
      healthyWithAgents().onNode('win-1', n => n.without('cri/volumes.json')),
      'node.cri.volumes',
    ],
    'the container runs in a virtual machine': () => [
      volume(unread('its process has no program that this node can see')),
      'node.cri.volumes',
    ],
    'a volume of no size': () => [volume(v => Object.assign(v, {size: 0, free: 0})), 'node.cri.volumes'],
  },
});
