import {attributeOf, elementsOf, textOf} from './xml.ts';

/**
 * The channel that kubelet and kube-proxy of EKS write their lines to, each as an event of information, whatever the line says
 * (https://github.com/awslabs/amazon-eks-ami). Its file, among those of event logs.
 */
export const LOG_CHANNEL_FILE = 'eventlog/EKS.xml';

/** A line of a log that is an event. */
export interface ChannelLine {
  /** Position of the event in the file. */
  readonly index: number;
  /** Who wrote it: `kubelet`, `kube-proxy`. */
  readonly component: string;
  readonly text: string;
  /** RFC 3339. */
  readonly time?: string;
}

/** Lines of the channel, oldest first or newest first as the file has them. */
export function channelLines(xml: string): ChannelLine[] {
  return elementsOf(xml, 'Event').map((event, index) => {
    const system = elementsOf(event, 'System')[0] ?? '';
    const time = attributeOf(system, 'TimeCreated', 'SystemTime');
    const data = elementsOf(elementsOf(event, 'EventData')[0] ?? '', 'Data').map(
      d => textOf(d, 'Data') ?? '',
    );
    const message = textOf(elementsOf(event, 'RenderingInfo')[0] ?? '', 'Message');
    return {
      index,
      component: (attributeOf(system, 'Provider', 'Name') ?? '').toLowerCase(),
      text: message ?? data.join(' '),
      ...(time !== undefined && {time}),
    };
  });
}
