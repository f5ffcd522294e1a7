import { createHash } from 'node:crypto';
import type { LoaderContext } from '@rspack/core';

/**
 * The module that a loader answers with: `html` as an `Island`, and `data`
 * beside it.
 */
export function emitIsland(
  loader: LoaderContext,
  html: string,
  data: Readonly<Record<string, unknown>>,
): string {
  const fields = `...${JSON.stringify(data)}`;
  const isServer = loader.target === 'node';
  if (isServer || loader.hot || loader.mode !== 'production') {
    return `export default { ${fields}, html: ${JSON.stringify(html)} };\n`;
  }
  const hash = createHash('sha256').update(html).digest('hex').slice(0, 12);
  const file = `assets/islands/${hash}.html`;
  loader.emitFile(file, html);
  return `export default { ${fields}, url: __webpack_public_path__ + ${JSON.stringify(file)} };\n`;
}
