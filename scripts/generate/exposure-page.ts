/** The script and the style of the page that shows an exposure, as texts. */

import { join } from 'node:path';
import { build } from 'esbuild';
import type { Output } from './output.ts';

const folder = 'src/report/exposure/page';

/** src/report/exposure/page/assets.generated.ts, from the folder `browser` beside it. */
export async function exposurePageAssets(root: string): Promise<Output> {
  const textOf = async (name: string): Promise<string> => {
    const { outputFiles } = await build({
      absWorkingDir: root,
      entryPoints: [join(folder, 'browser', name)],
      bundle: true,
      minify: true,
      format: 'iife',
      // Not older than content-visibility and :focus-visible, https://web.dev/baseline
      target: ['chrome111', 'firefox113', 'safari16.4'],
      charset: 'ascii',
      legalComments: 'none',
      write: false,
    });
    return outputFiles[0]!.text.trim();
  };
  const text = `/** The script and the style of the page; written by scripts/generate.ts from the folder browser. */

export const pageScript = ${JSON.stringify(await textOf('script.ts'))};

export const pageStyle = ${JSON.stringify(await textOf('style.css'))};
`;
  return { path: `${folder}/assets.generated.ts`, text };
}
