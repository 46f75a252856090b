import type http from 'node:http';

/** One request. `headers` hold no credentials: those come on top. */
export interface RawRequest {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  path: string;
  headers: Readonly<Record<string, string | string[]>>;
  body?: string;
}

/** A whole answer, decoded to text. */
export interface RawAnswer {
  status: number;
  headers: http.IncomingHttpHeaders;
  text: string;
  /** Bytes that came over the wire. */
  bytes: number;
}
