import type {ByteString} from '../../logs/bytes.ts';
import type {W3cColumns} from '../applog/w3c.ts';
import type {FamilyState} from './family.ts';
import type {Layout} from './layout.ts';

/** What was learned of one stream of a container. */
export interface StreamState {
  name: string;
  usualCrs: number;
  files: readonly (readonly [ByteString, W3cColumns])[];
}

/** All that a scanner knows between two records: plain data, so that a scanner in another thread can go on with it. */
export interface ScannerState {
  format: 'plain' | 'cri' | 'stamped' | 'auto';
  family: FamilyState;
  layouts: readonly Layout[];
  streams: readonly StreamState[];
}
