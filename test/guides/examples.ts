import type {GuideNumber} from '../helpers/guides.ts';

/** One piece of input, cut out of a guide. */
export interface Cut {
  guide: GuideNumber;
  /** Line of the opening fence; for guide 003, which has none, of the first line. */
  line: number;
  /** Last line, where there is no fence. */
  to?: number;
  /** Lines (of the guide) that lack so many columns, as a reader would mend them. */
  mend?: Readonly<Record<number, number>>;
  /** Block of another guide, of the same text, that still has the indents which this one lost. */
  indentsOf?: Cut;
}

/** An example and what `lint` must say of it. */
export interface Example {
  title: string;
  input: readonly Cut[];
  kubernetesVersion?: string;
  /** Ids of all findings. */
  finds: readonly string[];
  /** Ids of checks that could not judge. */
  unknown?: readonly string[];
  /** What is passed over, as a note says it. */
  notes?: RegExp;
}

const WEBSERVER: Cut = {guide: '001', line: 41};
const RUNTIME_CLASS: Cut = {guide: '001', line: 247};
const IIS: Cut = {guide: '001', line: 271};
const IIS_MENDED: Cut = {...IIS, mend: {300: 1}};
const FLAT_WEBSERVER: Cut = {guide: '003', line: 141, to: 182};
const FLAT_CLASS: Cut = {guide: '003', line: 255, to: 270};
const FLAT_IIS: Cut = {guide: '003', line: 274, to: 316};

const guide004 = (
  line: number,
  title: string,
  finds: readonly string[],
  more: Partial<Example> = {},
): Example => ({
  title: `004:${line} ${title}`,
  input: [{guide: '004', line}],
  finds,
  ...more,
});

/** Every example that is input of `lint`, in the order of the guides. */
export const EXAMPLES: readonly Example[] = [
  {
    title: "000:67 a Windows pipeline: its image has no tag, its stage's name makes no label",
    input: [{guide: '000', line: 67}],
    finds: ['CIB009'],
    unknown: ['CIB003'],
  },
  {title: '001:41 a web server without limits and OS', input: [WEBSERVER], finds: ['SCH010', 'SCH014']},
  {
    title: '001:41 the same for a version that lists no Windows Server 2019',
    input: [WEBSERVER],
    kubernetesVersion: 'v1.35.4',
    finds: ['IMG013', 'SCH010', 'SCH014'],
  },
  {
    title: '001:41 the same for a version that does',
    input: [WEBSERVER],
    kubernetesVersion: 'v1.34.1',
    finds: ['SCH010', 'SCH014'],
  },
  {
    title: '001:211 a fragment of a specification',
    input: [{guide: '001', line: 211}],
    finds: [],
    notes: /no Kubernetes object/,
  },
  {title: '001:247 a RuntimeClass', input: [RUNTIME_CLASS], finds: []},
  {
    title: '001:271 a Deployment whose `selector` is one column short',
    input: [RUNTIME_CLASS, IIS],
    finds: ['POD015'],
  },
  {
    title: '001:271 the same mended, with its RuntimeClass',
    input: [RUNTIME_CLASS, IIS_MENDED],
    finds: ['SCH014'],
  },
  {title: '002:100 a Service whose ports are null', input: [{guide: '002', line: 100}], finds: ['POD015']},
  {title: '002:181 a Linux stage', input: [{guide: '002', line: 181}], finds: []},
  {
    title: '002:283 tolerations',
    input: [{guide: '002', line: 283}],
    finds: [],
    notes: /no Kubernetes object/,
  },
  {
    title: '002:299 tolerations',
    input: [{guide: '002', line: 299}],
    finds: [],
    notes: /no Kubernetes object/,
  },
  {title: '003:141 a web server whose indents were lost', input: [FLAT_WEBSERVER], finds: ['POD015']},
  {
    title: '003:141 the same restored',
    input: [{...FLAT_WEBSERVER, indentsOf: WEBSERVER}],
    finds: ['SCH010', 'SCH014'],
  },
  {
    title: '003:233 a fragment of a specification',
    input: [{guide: '003', line: 233, to: 240}],
    finds: [],
    notes: /no Kubernetes object/,
  },
  {title: '003:255 a RuntimeClass whose indents were lost', input: [FLAT_CLASS], finds: ['POD015']},
  {title: '003:255 the same restored', input: [{...FLAT_CLASS, indentsOf: RUNTIME_CLASS}], finds: []},
  {title: '003:274 a Deployment whose indents were lost', input: [FLAT_IIS], finds: ['POD015']},
  {
    title: '003:274 the same restored: the class selects 2022 for an image of 2019',
    input: [
      {...FLAT_CLASS, indentsOf: RUNTIME_CLASS},
      {...FLAT_IIS, indentsOf: IIS_MENDED},
    ],
    finds: ['IMG013', 'SCH014'],
  },
  guide004(75, 'a cluster for eksctl', [], {notes: /ClusterConfig/}),
  guide004(181, 'a Deployment', ['SCH014']),
  guide004(228, 'IIS', ['SCH014']),
  guide004(279, 'ASP.NET', ['SCH014']),
  guide004(357, '.NET with a preferred affinity only', ['SCH001']),
  guide004(398, 'Linux in front, Windows behind', ['SCH010', 'SCH014']),
  guide004(468, "a gMSA with Amazon's plug-in and placeholders", ['IDN007', 'SCH010', 'SCH014']),
  guide004(511, 'a HostProcess container with a script of several lines', ['POD017', 'SCH010', 'SCH014']),
  guide004(541, 'an SMB share of a Service', ['STO006']),
  guide004(590, 'Azure Files', []),
  guide004(622, 'Calico that reaches the API server by a Service', ['CNI008']),
  guide004(639, 'a Service', []),
  guide004(664, 'an exporter that is no HostProcess container', ['POD019', 'SCH010', 'SCH014']),
];
