import type * as kube from '../types.ts';
import type {Reader} from '../shape.ts';
import {fields, flag, integer, list} from '../shape.ts';
import {condition, object} from './object.ts';
import {podTemplate} from './pod-spec.ts';
import {labelSelector} from './scheduling.ts';
import {claim} from './storage.ts';

const controllerStatus = fields<kube.Controller['status']>({
  replicas: integer,
  readyReplicas: integer,
  availableReplicas: integer,
  desiredNumberScheduled: integer,
  numberReady: integer,
  numberUnavailable: integer,
  numberMisscheduled: integer,
  active: integer,
  failed: integer,
  conditions: list(condition),
});

/** What holds a pod template and counts its pods. */
export const controller = (kind: string): Reader<kube.Controller> =>
  object<kube.Controller>(
    kind,
    {
      spec: fields({
        replicas: integer,
        parallelism: integer,
        completions: integer,
        suspend: flag,
        selector: labelSelector,
        template: podTemplate,
        volumeClaimTemplates: list(claim),
      }),
      status: controllerStatus,
    },
    {spec: {}, status: {}},
  );

/** What makes Jobs by the clock. */
export const cronJob = object<kube.CronJob>(
  'CronJob',
  {
    spec: fields({
      suspend: flag,
      jobTemplate: fields({spec: fields({template: podTemplate})}),
    }),
  },
  {spec: {}},
);
