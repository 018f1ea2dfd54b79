/** Stops the language server if it hangs, from a separate thread. */

import { Worker } from 'node:worker_threads';

export interface Watchdog {
  /** Says that the main thread is not stuck, as it does by itself whenever it comes to rest. */
  readonly beat: () => void;
  /** From now on the process ends too where the main thread is busy and this other process is gone. */
  readonly guard: (processId: number) => void;
}

export interface Patience {
  /** Milliseconds between two looks. */
  readonly interval: number;
  /** Looks without a beat between them after which the process ends. */
  readonly looks: number;
  /** The same where the other process is gone. */
  readonly looksAlone: number;
}

/** What a run takes is bounded: a minute without a beat is far beyond that, even on a machine that has much else to do. */
const usual: Patience = { interval: 1_000, looks: 60, looksAlone: 3 };

/** Time is counted in looks, since a machine that wakes up again may look first and beat afterwards. */
const THREAD = `
const { writeSync } = require('node:fs');
const { workerData: { shared, interval, looks, looksAlone, message } } = require('node:worker_threads');
let last = -1;
let still = 0;
setInterval(() => {
  const beat = Atomics.load(shared, 0);
  still = beat === last ? still + 1 : 0;
  last = beat;
  if (still >= looks) end(message);
  else if (still >= looksAlone && !isRunning(Atomics.load(shared, 1))) end('');
}, interval);
function isRunning(processId) {
  if (processId === 0) return true;
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
function end(text) {
  try {
    if (text !== '') writeSync(2, text);
  } finally {
    // The main thread would not come to any other way to end it.
    process.kill(process.pid, 'SIGKILL');
  }
}
`;

/** Watches the main thread of this process for as long as it runs. Without the right to start a thread there is no watch. */
export function startWatchdog({ interval, looks, looksAlone }: Patience = usual): Watchdog {
  const shared = new Int32Array(new SharedArrayBuffer(8));
  const beat = (): void => {
    Atomics.add(shared, 0, 1);
  };
  const seconds = Math.round((interval * looks) / 1000);
  const message = `tfsg: The language server did not respond for ${seconds} seconds and stopped. The editor can restart it. Please report the configuration that it was reading.\n`;
  try {
    const workerData = { shared, interval, looks, looksAlone, message };
    // Flags such as --import may have the thread wait for the main one.
    const thread = new Worker(THREAD, { eval: true, workerData, execArgv: [] });
    thread.on('error', () => {});
    thread.unref();
  } catch {
    // Node's permission model has its own word for it.
  }
  setInterval(beat, interval / 2).unref();
  return {
    beat,
    guard(processId) {
      Atomics.store(shared, 1, processId);
    },
  };
}
