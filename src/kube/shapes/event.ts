import type * as kube from '../types.ts';
import type {Reader} from '../shape.ts';
import {fields, integer, isRecord, text} from '../shape.ts';
import {object, time} from './object.ts';
import {message} from './quoted.ts';

const folded = object<kube.Event>(
  'Event',
  {
    type: text,
    reason: text,
    message,
    involvedObject: fields({kind: text, namespace: text, name: text, uid: text, fieldPath: text}),
    component: text,
    host: text,
    count: integer,
    firstTimestamp: time,
    lastTimestamp: time,
  },
  {involvedObject: {}, count: 1},
);

/** Old writers fill `source`, `count`, `lastTimestamp`; new ones `reportingComponent`, `series`, `eventTime`. */
export const event: Reader<kube.Event> = (value, at, report) => {
  if (!isRecord(value)) return undefined;
  const source = isRecord(value['source']) ? value['source'] : {};
  const series = isRecord(value['series']) ? value['series'] : {};
  return folded(
    {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: value['metadata'],
      type: value['type'],
      reason: value['reason'],
      message: value['message'] ?? value['note'],
      involvedObject: value['involvedObject'] ?? value['regarding'],
      component: filled(value['reportingComponent'], value['reportingController'], source['component']),
      host: filled(value['reportingInstance'], source['host']),
      count: series['count'] ?? value['count'] ?? value['deprecatedCount'] ?? 1,
      firstTimestamp: value['firstTimestamp'] ?? value['deprecatedFirstTimestamp'] ?? value['eventTime'],
      lastTimestamp:
        series['lastObservedTime'] ??
        value['lastTimestamp'] ??
        value['deprecatedLastTimestamp'] ??
        value['eventTime'],
    },
    at,
    report,
  );
};

function filled(...values: unknown[]): unknown {
  return values.find(v => v !== undefined && v !== null && v !== '');
}
