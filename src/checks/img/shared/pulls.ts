import type {Event, Node} from '../../../kube/types.ts';
import type {NodeLogs} from '../../../node/logs.ts';
import type {Ref} from '../../define.ts';
import {ref} from '../../define.ts';
import {fileRefs} from '../../each-node.ts';

/** A pull that succeeded, as the kubelet or containerd tells it. */
export interface Pull {
  image: string;
  seconds: number;
  bytes: number;
  proof: Ref;
}

const PULLED =
  /^Successfully pulled image "([^"\s]{1,512})" in ([0-9hmsuµn.]{1,32})(?: \([0-9hmsuµn.]{1,32} including waiting\))?\. Image size: (\d{1,15}) bytes/;

/** Reads `Successfully pulled image "…" in 3m2.1s (3m5s including waiting). Image size: 5232342 bytes.` */
export function readPull(event: Event): Pull | undefined {
  const match = event.reason === 'Pulled' ? PULLED.exec(event.message ?? '') : null;
  if (!match) return undefined;
  const [, image = '', span = '', size = ''] = match;
  const seconds = goSeconds(span);
  return seconds === undefined
    ? undefined
    : {image, seconds, bytes: Number(size), proof: ref(event, '/message', event.message)};
}

/** https://github.com/containerd/containerd/blob/main/internal/cri/server/images/image_pull.go */
const LOGGED =
  /msg="Pulled image \\"([^"\\\s]{1,512})\\" with image id .{1,2048}?, size \\"(\d{1,15})\\" in ([0-9hmsuµn.]{1,32})"/;

/** Pulls that the log of containerd on a node tells of. */
export function loggedPulls(node: Node, logs: NodeLogs | undefined): Pull[] {
  return (logs?.lines ?? []).flatMap(({sign, text, file, line}) => {
    if (sign !== 'image-pulled') return [];
    const [, image = '', size = '', span = ''] = LOGGED.exec(text) ?? [];
    const seconds = goSeconds(span);
    const proof = fileRefs(node)(file, `/${line}`, text);
    return seconds === undefined ? [] : [{image, seconds, bytes: Number(size), proof}];
  });
}

const UNITS: ReadonlyMap<string, number> = new Map([
  ['h', 3600],
  ['m', 60],
  ['s', 1],
  ['ms', 1e-3],
  ['us', 1e-6],
  ['µs', 1e-6],
  ['ns', 1e-9],
]);

/** Go's longest duration, `2562047h47m16.854775807s`, has 24 characters; a longer text is none. */
const MAX_DURATION = 64;

/** Seconds of a duration as Go prints it: `1h2m3.5s`, `850ms`. */
export function goSeconds(text: string): number | undefined {
  if (text.length > MAX_DURATION || !/^(?:\d+(?:\.\d+)?(?:h|ms|m|us|µs|ns|s))+$/.test(text)) return undefined;
  let sum = 0;
  for (const [, number, unit = ''] of text.matchAll(/(\d+(?:\.\d+)?)(h|ms|m|us|µs|ns|s)/g)) {
    sum += Number(number) * (UNITS.get(unit) ?? 0);
  }
  return sum;
}

/** Smaller pulls measure the registry's answers, not the line. */
const WORTH_MEASURING = 50_000_000;

/** Bytes a second of the pulls seen, as their median; `undefined` where none was large enough to tell. */
export function pullSpeed(pulls: readonly Pull[]): number | undefined {
  const speeds = pulls
    .filter(p => p.bytes >= WORTH_MEASURING && p.seconds > 0)
    .map(p => p.bytes / p.seconds)
    .sort((a, b) => a - b);
  return speeds[Math.floor((speeds.length - 1) / 2)];
}
