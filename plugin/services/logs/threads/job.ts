import type {LogFilter} from '../../../../src/logs/filter.ts';
import type {Layout} from '../../../../src/parse/logmonitor/layout.ts';
import type {PortableFormat} from '../render.ts';
import type {Block, BlockEnd} from './block.ts';

/** What a thread is told when it starts: plain data, filters with their patterns included. */
export interface ThreadSetup {
  path: string;
  inputFormat: 'auto' | 'cri' | 'plain';
  layouts: readonly Layout[];
  filter: LogFilter;
  format: PortableFormat;
  /**
   * Memory that all threads share, to write to: given once, as each time that memory goes from thread to thread makes both collect
   * garbage for it.
   */
  rooms: readonly SharedArrayBuffer[];
}

/** A block to read; its `state` is what is expected to be known at its start. */
export interface Job extends Block {
  id: number;
  /** Which memory to write to. */
  room: number;
}

/** What came of a job. */
export interface Done extends BlockEnd {
  id: number;
  /** The records, written: the first so many bytes of the job's memory, or of `larger` where that was too little. */
  length: number;
  larger?: SharedArrayBuffer;
}
