/** Values of `-o` for `doctor` and `lint`. */
export const FORMATS = [
  'text',
  'wide',
  'json',
  'yaml',
  'junit',
  'sarif',
  'markdown',
  'html',
  'openmetrics',
] as const;

export type Format = (typeof FORMATS)[number];
