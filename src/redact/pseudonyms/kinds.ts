/** What pseudonyms are made of. */
export const PSEUDONYM_KINDS = ['names', 'ips'] as const;
export type PseudonymKind = (typeof PSEUDONYM_KINDS)[number];
