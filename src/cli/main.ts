/** The program: starts the code that runs the command line. */

import { openCompiledCode } from './compiled-code.ts';
import { openScripts } from './scripts.ts';

// With what is imported above, this is one file in syntax that an old Node can read, so that it still says why it can't run the rest.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`tfsg: Node.js 20.19 or later is required; this is ${process.versions.node}.`);
  process.exitCode = 2;
} else start();

async function start(): Promise<void> {
  optimizeLater();
  const scripts = openScripts(new URL('cli/', import.meta.url), openCompiledCode(process.argv, process.env));
  const { runProcess } = scripts.load('./program.cjs') as typeof import('./process-io.ts');
  let isTypical = false;
  process.exitCode = await runProcess(() => {
    isTypical = true;
  });
  // Of what other runs compile, most runs need little.
  if (isTypical) scripts.keepCompiled();
}

/** The V8 of Node 20 optimizes so early that a third of a run's processor time goes into that: docs/decisions/0012-what-a-start-does-without.md. */
function optimizeLater(): void {
  if (!process.versions.v8.startsWith('11.')) return;
  const v8 = process.getBuiltinModule('node:v8');
  // A server runs long enough for what it calls often.
  if (process.argv[2] === 'lsp') v8.setFlagsFromString('--interrupt-budget=250000');
  else v8.setFlagsFromString('--interrupt-budget=1000000 --max-inlined-bytecode-size-cumulative=300');
}
