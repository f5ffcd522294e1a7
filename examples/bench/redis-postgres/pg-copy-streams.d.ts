/** As much of the package as is used here: it has no types of its own. */
declare module 'pg-copy-streams' {
  import type { Writable } from 'node:stream';
  import type { Submittable } from 'pg';

  const streams: { from(text: string): Writable & Submittable };
  export default streams;
}
