import type {CollectorLine} from '../protocol/lines.ts';
import type {AgentOs} from '../protocol/names.ts';
import type {Missing} from '../snapshot/evidence.ts';
import type {AgentContact} from './agent.ts';
import type {NodeText} from './text.ts';

/** One thing that is told of a node: plain data, which threads can send each other. */
export type NodeNews =
  /** Its agent is asked, or files of it will come; what does not come is missing. */
  | {readonly of: 'expect'; readonly os: AgentOs}
  /** How its agent was reached, or that no transport led to it. */
  | {readonly of: 'contact'; readonly contact: AgentContact}
  /** One line of its agent's answer. */
  | {readonly of: 'line'; readonly line: CollectorLine}
  /** A file, as a bundle holds it. */
  | {readonly of: 'file'; readonly file: NodeText}
  /** Why a file, or evidence by its key (`node.services`), is not there. */
  | {readonly of: 'without'; readonly what: string; readonly gap: Missing}
  /** No more will come: what did not arrive is missing for this reason. */
  | {readonly of: 'lost'; readonly gap: Missing};

/** Takes what is told of one node. */
export type TakeNews = (news: NodeNews) => void;
