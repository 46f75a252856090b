import {FollowedLog} from './followed-log.ts';
import type {LogPorts, LogWish} from './log-request.ts';
import type {LogTarget} from './log-target.ts';
import {openLog, openTail} from './log-request.ts';
import {lastLines} from './tail.ts';
import type {TimedLine} from './timed-lines.ts';
import {lineBatches} from './timed-lines.ts';

/** The lines of one container's log, those that came together in one list; with `follow` until the container is gone for good or the signal fires. */
export async function* containerLog(
  target: LogTarget,
  wish: LogWish,
  ports: LogPorts,
): AsyncGenerator<TimedLine[]> {
  if (wish.follow) yield* new FollowedLog(target, wish, ports).lines();
  else if (wish.tail === undefined) yield* lineBatches(await openLog(target, wish, ports, ports.signal));
  else yield await lastLines(wish.tail, openTail(target, wish, ports));
}
