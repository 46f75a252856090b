import {millis} from '../snapshot/time.ts';

/**
 * Makes a writer of times in a zone by its IANA name; without one times stay as they came. Undefined where nobody knows
 * the zone.
 */
export function timeWriter(zone: string | undefined): ((time: string) => string) | undefined {
  if (zone === undefined) return time => time;
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      fractionalSecondDigits: 3,
      hourCycle: 'h23',
      timeZoneName: 'longOffset',
    });
  } catch {
    return undefined;
  }
  return time => {
    const at = millis(time);
    if (at === undefined) return time;
    const part = new Map(format.formatToParts(at).map(({type, value}) => [type, value]));
    const of = (type: Intl.DateTimeFormatPartTypes): string => part.get(type) ?? '';
    const offset = of('timeZoneName').replace('GMT', '') || 'Z';
    return `${of('year')}-${of('month')}-${of('day')}T${of('hour')}:${of('minute')}:${of('second')}.${of('fractionalSecond')}${offset}`;
  };
}
