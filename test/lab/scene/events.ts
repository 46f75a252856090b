import type {Api, LabObject} from '../parts/api.ts';
import {patiently} from './patience.ts';
import {podsChosen} from './pods-chosen.ts';

interface Involved {
  apiVersion?: string;
  kind: string;
  namespace?: string;
  name?: string;
  uid?: string;
  /** Ours: label selector and nodes in the place of a name. */
  selector?: string;
  nodes?: string[];
}

/** Creates an event, or one for each pod that `involvedObject.selector` chooses. */
export async function createEvents(api: Api, event: LabObject): Promise<void> {
  // Scenes write v1 events, which all have one.
  const {selector, nodes, ...involved} = event['involvedObject'] as Involved;
  const targets =
    selector === undefined
      ? [involved]
      : (await patiently(async () => podsChosen(api, {namespace: involved.namespace, selector, nodes}))).map(
          ({metadata: {name, uid}}) => ({apiVersion: 'v1', ...involved, name, uid}),
        );
  for (const [i, target] of targets.entries()) {
    const name = targets.length === 1 ? event.metadata.name : `${event.metadata.name}.${i}`;
    await patiently(async () =>
      api.create({...event, metadata: {...event.metadata, name}, involvedObject: target}),
    );
  }
}
