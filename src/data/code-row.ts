/** One code of a table: its value, its name in the headers, what it says, and where it comes from on a Windows node. */
export type CodeRow = readonly [code: number, name: string, meaning: string, cause?: string];
