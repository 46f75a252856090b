import type {Pod} from '../../../src/kube/types.ts';

/** Why an agent's pod cannot be asked, in words; `undefined` where it runs. */
export function podTrouble({metadata, status}: Pod): string | undefined {
  if (metadata.deletionTimestamp !== undefined) return 'its pod is being removed';
  const unplaced = status.conditions?.find(c => c.type === 'PodScheduled' && c.status === 'False');
  if (unplaced) return `its pod finds no place: ${oneLine(unplaced.message ?? unplaced.reason ?? '')}`;
  const container = status.containerStatuses?.[0];
  const waiting = container?.state?.waiting;
  if (waiting?.reason !== undefined) {
    const ended = container?.lastState?.terminated;
    const last = ended?.exitCode === undefined ? '' : `, after exit code ${ended.exitCode}`;
    const words = waiting.message ?? ended?.message;
    return `${WAITING.get(waiting.reason) ?? 'its container waits'} (${waiting.reason}${last})${words ? `: ${oneLine(words)}` : ''}`;
  }
  if (status.phase === 'Failed' || status.phase === 'Succeeded') {
    return `its pod has ended (${status.reason ?? status.phase})${status.message ? `: ${oneLine(status.message)}` : ''}`;
  }
  if (status.phase !== 'Running') return 'its pod has not started';
  return undefined;
}

/** What the kubelet's reasons mean for an agent. */
const WAITING = new Map([
  ['ContainerCreating', 'its container is being made'],
  ['ImagePullBackOff', 'its image cannot be pulled'],
  ['ErrImagePull', 'its image cannot be pulled'],
  ['InvalidImageName', 'the name of its image is wrong'],
  ['ErrImageNeverPull', 'its image is not on the node'],
  ['CrashLoopBackOff', 'it ends soon after each start'],
  ['CreateContainerConfigError', 'its container cannot be set up'],
  ['CreateContainerError', 'its container cannot be made'],
  ['RunContainerError', 'its container cannot be started'],
]);

/** What a runtime says may have many lines. */
const MAX_WORDS = 400;

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim().slice(0, MAX_WORDS);
}
