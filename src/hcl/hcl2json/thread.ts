/** HashiCorp's own HCL parser (@cdktf/hcl2json), started only when asked, in a thread of its own: it can crash, and its memory only grows. */

import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import type { SourceFile } from '../../source/source-file.ts';
import type { JsonObject } from './projection.ts';

/**
 * What hcl2json says of a file:
 * - `accepted`: it is HCL, and `json` is its content as JSON.parse gives it; `toJson` in projection.ts tells its shape
 * - `rejected`: it is not HCL, for at least one reason
 * - `inexpressible`: it is HCL, but hcl2json has no JSON for it (`a {}` beside `a "b" {}`, or `-true`)
 * - `unavailable`: hcl2json is not installed, has crashed on this file, or its bounds are reached
 */
export type Verdict =
  | { readonly kind: 'accepted'; readonly json: JsonObject }
  | { readonly kind: 'rejected'; readonly complaints: readonly Complaint[] }
  | { readonly kind: 'inexpressible' | 'unavailable'; readonly message: string };

/** One of HashiCorp's diagnostics, in its own words. */
export interface Complaint {
  /** From 1. Column in Unicode grapheme clusters. */
  readonly line: number;
  readonly column: number;
  /** A few words: `Missing newline after argument`. */
  readonly summary: string;
  /** One or more sentences. */
  readonly detail: string;
}

/** hcl2json, running. */
export interface Hcl2json {
  /** Files are read one after the other, in the order of the calls. Never rejects. */
  judge(file: SourceFile): Promise<Verdict>;
  /** Ends the thread; later calls start another one. */
  close(): Promise<void>;
}

/** How much may be asked of hcl2json in all. */
export interface Hcl2jsonBounds {
  /** Time that it is waited for, starts of the thread included; 12 MB of Terraform take it 6 seconds. */
  readonly milliseconds: number;
  /** Code units of the files. */
  readonly text: number;
}

/** It only words syntax errors that tfsg's own parser has found, and may need 300 times a broken text in memory. */
export const refereeBounds: Hcl2jsonBounds = { milliseconds: 5_000, text: 500_000 };

const parserBounds: Hcl2jsonBounds = { milliseconds: 600_000, text: Number.POSITIVE_INFINITY };

/** hcl2json never gives memory back and WebAssembly ends at 4 GB; about 30 times the text stays in use. Code units. */
const TEXT_PER_THREAD = 4_000_000;

/** hcl2json gets no path, so that its messages can be taken apart and hold nothing of the machine. */
const NAME = '<source>';

/**
 * What runs in the thread. Go's errors come as a plain Error, anything else is a crash; one that leaves the promise pending is
 * seen by the answer not being there soon after the call. A crash prints a stack to the process's own stderr unless it is kept from it.
 */
const THREAD = `
const { parentPort, workerData } = require('node:worker_threads');
require('node:fs').writeSync = (_descriptor, bytes) => bytes.length;
const { parse } = require(workerData.module);
const ready = parse(workerData.name, '');
parentPort.on('message', async (text) => {
  await ready;
  let settled = false;
  const settle = (answer) => { settled = true; parentPort.postMessage(answer); };
  parse(workerData.name, text).then(
    (json) => settle({ json }),
    (error) => settle(error.name === 'Error' ? { error: error.message } : { crash: String(error.message) }),
  );
  setTimeout(() => settled || settle({ crash: 'it stopped' }), 100);
});
`;

type Answer = { readonly json?: JsonObject; readonly error?: string; readonly crash?: string };

/** Starts nothing yet: the thread starts with the first file. Without the package every verdict is `unavailable`. */
export function createHcl2json(bounds: Hcl2jsonBounds = parserBounds): Hcl2json {
  return new Hcl2jsonThread(bounds);
}

class Hcl2jsonThread implements Hcl2json {
  #worker: Worker | undefined;
  #textRead = 0;
  #last: Promise<unknown> = Promise.resolve();
  #millisecondsLeft: number;
  #textLeft: number;

  constructor({ milliseconds, text }: Hcl2jsonBounds) {
    this.#millisecondsLeft = milliseconds;
    this.#textLeft = text;
  }

  judge(file: SourceFile): Promise<Verdict> {
    const verdict = this.#last.then(() => this.#judge(file.text));
    this.#last = verdict;
    return verdict;
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    this.#textRead = 0;
    await worker?.terminate();
  }

  async #judge(text: string): Promise<Verdict> {
    if (this.#millisecondsLeft <= 0) return { kind: 'unavailable', message: 'it exceeded the time limit for this run' };
    if (text.length > this.#textLeft)
      return { kind: 'unavailable', message: 'the files of this run exceed its size limit' };
    this.#textLeft -= text.length;
    if (this.#textRead + text.length > TEXT_PER_THREAD) await this.close();
    let answer: Answer;
    const start = performance.now();
    try {
      this.#worker ??= startThread();
      this.#textRead += text.length;
      answer = await ask(this.#worker, text, this.#millisecondsLeft);
    } catch (error) {
      await this.close();
      return { kind: 'unavailable', message: error instanceof Error ? error.message : String(error) };
    } finally {
      this.#millisecondsLeft -= performance.now() - start;
    }
    if (answer.json !== undefined) return { kind: 'accepted', json: answer.json };
    if (answer.error !== undefined && !/^Go program has already exited/.test(answer.error))
      return verdictOf(answer.error);
    await this.close();
    return { kind: 'unavailable', message: answer.crash ?? 'it stopped' };
  }
}

function startThread(): Worker {
  const module = createRequire(import.meta.url).resolve('@cdktf/hcl2json');
  const worker = new Worker(THREAD, { eval: true, workerData: { module, name: NAME }, stdout: true, stderr: true });
  worker.unref();
  return worker;
}

/** Rejects if the thread ends or fails before it answers, or does not answer in time. */
function ask(worker: Worker, text: string, patience: number): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void): void => {
      clearTimeout(timer);
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      worker.on('error', ignore);
      worker.unref();
      act();
    };
    const onMessage = (answer: Answer): void => settle(() => resolve(answer));
    const onError = (error: unknown): void => settle(() => reject(error));
    const onExit = (): void => settle(() => reject(new Error('it ended')));
    const timer = setTimeout(
      () => settle(() => reject(new Error('it exceeded the time limit for this run'))),
      patience,
    );
    worker.off('error', ignore);
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    worker.ref();
    worker.postMessage(text);
  });
}

/** A thread that fails between two files is found out by the next one. */
function ignore(): void {}

function verdictOf(error: string): Verdict {
  const refusal = /^parse config: \[?/.exec(error);
  if (refusal === null) return { kind: 'inexpressible', message: error.replace(/^(convert [a-zA-Z ]+: )+/, '') };
  const complaints: Complaint[] = [];
  const inText = new RegExp(`${NAME}:(\\d+),\\d+-(?:\\d+,)?\\d+`, 'g');
  const heads = [...error.matchAll(new RegExp(`${NAME}:(\\d+),(\\d+)-(?:\\d+,)?\\d+: `, 'g'))];
  heads.forEach((head, index) => {
    const text = error.slice(head.index + head[0].length, heads[index + 1]?.index ?? error.replace(/\]$/, '').length);
    const [summary = '', ...detail] = text.trim().split('; ');
    const words = detail.join('; ').replace(inText, 'line $1');
    complaints.push({ line: Number(head[1]), column: Number(head[2]), summary, detail: words });
  });
  if (complaints.length === 0)
    complaints.push({ line: 1, column: 1, summary: error.slice(refusal[0].length), detail: '' });
  return { kind: 'rejected', complaints };
}
