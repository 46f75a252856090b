import type {Judgement} from '../../checks/engine.ts';
import type {NodeItem} from '../../inventory/nodes.ts';
import {nodeItems} from '../../inventory/nodes.ts';
import type {Probing} from '../../probes/evidence.ts';
import type {Evidence} from '../../snapshot/evidence.ts';
import type {Snapshot} from '../../snapshot/snapshot.ts';
import {evidenceOf} from '../../snapshot/snapshot.ts';
import type {Chronicle} from '../chronicle.ts';
import {chronicleOf} from '../chronicle.ts';
import type {DoctorReport} from '../report.ts';
import type {Story} from '../stories.ts';
import {storiesOf} from '../stories.ts';
import type {LogTail} from './logs.ts';

/** What a page shows beside the report. */
export interface PageParts {
  /** Pictures as SVG, by the fingerprint of their finding. */
  pictures?: ReadonlyMap<string, string>;
  /** What happened around a subject, by the fingerprint of its finding. */
  stories?: ReadonlyMap<string, Story>;
  /** The Windows nodes. */
  nodes?: readonly NodeItem[];
  /** Connections that were tried. */
  connections?: Evidence<Probing>;
  /** What happened when. */
  chronicle?: Chronicle;
  /** The ends of logs of pods that are not well. */
  logs?: readonly LogTail[];
  /** Where the files of the evidence are shown, if they are. */
  files?: string;
}

/** The parts of a page that a Snapshot has. */
export function partsOf(snapshot: Snapshot, report: DoctorReport, judgement: Judgement): PageParts {
  return {
    stories: storiesOf(snapshot, report),
    nodes: nodeItems(snapshot, judgement),
    connections: evidenceOf(snapshot, 'probes'),
    chronicle: chronicleOf(snapshot, report),
  };
}
