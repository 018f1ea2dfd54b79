/** The program: the process as what the commands take, and the exit code. */

// Without static imports, so that a Node that can't read the rest still says why.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`tfsg: Node.js 20.19 or later is needed; this is ${process.versions.node}.`);
  process.exitCode = 2;
} else {
  // V8 optimizes code after 132 kB of run bytecode, which costs a short run more than it gives: two fifths of the processor time of
  // 2,000 rules. Later, it takes a seventh more of a run of many seconds.
  process.getBuiltinModule('node:v8').setFlagsFromString('--interrupt-budget=600000');
  import('./process-io.ts').then(async ({ runProcess }) => {
    process.exitCode = await runProcess();
  });
}
