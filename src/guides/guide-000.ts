import {statementsOf} from './statement.ts';

/** Windows builds on a build farm. */
export const GUIDE_000 = statementsOf('000', [
  ['13-21', 'build images are of Windows Server 2019 or 2022', 'CIB003'],
  [
    '24-25',
    'on Google Cloud only 2019; on "GKS" (GKE is meant) 2019 or 2022',
    'CIB003',
    '! contradicts itself; GKE has run 2022 for years, so that 2022 there is a warning',
  ],
  ['23', 'on EKS the node image is Server Core', 'NOD018'],
  [
    '31',
    'the four built-in steps that build and push images do not work on Windows; buildah is offered instead',
    'CIB005',
    '! buildah is a Linux image as well: it needs a Linux stage of its own',
  ],
  ['35', 'Windows has no privileged mode, so no Docker in Docker and no Docker commands', 'CIB005 POD012'],
  ['39', 'certificates of your own can be mounted on Linux nodes only', 'CIB011'],
  ['43', 'the cluster has a Linux pool and a Windows pool', 'CIB001 CLD003'],
  ['44', 'the delegate selects the Linux pool', 'CIB001 SCH001'],
  ['44', 'the labels of the OS are on every node', 'NOD017'],
  ['45-47, 65', 'the stage is for Windows and selects `kubernetes.io/os: windows`', 'CIB007 CIB014'],
  [
    '55-59',
    'an image of your own must hold `netapi32.dll`',
    'CIB003',
    'the line of the Dockerfile copies from a stage `core` that it defines nowhere; the fix shows both lines',
  ],
  [
    '67-106',
    'an example pipeline for Windows',
    'CIB003 CIB009',
    '! its image has no tag, its stage name makes no label, and it tolerates no taint',
  ],
  [
    '113-115',
    'Lite-Engine and Addon keep the user ContainerAdministrator',
    'CIB004',
    '! held against settings that change all containers of a stage; steps may differ',
  ],
  [
    '117',
    'steps run as user 1000 unless they choose another',
    'POD003',
    'information, once, in profile ci-build',
  ],
  ['119-124', 'known problems: Docker errors, privileged mode', 'CIB005'],
  ['124', 'a step that runs on after its command has ended', '', 'a matter of the CI service'],
]);
