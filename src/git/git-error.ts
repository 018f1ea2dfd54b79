/** Why something can't be read out of a git repository. */

export class GitError extends Error {
  override readonly name = 'GitError';
  /** As the end of a sentence, without a dot; the message is the sentence. */
  readonly reason: string;

  constructor(reason: string) {
    super(`${reason.slice(0, 1).toUpperCase()}${reason.slice(1)}${reason.endsWith('?') ? '' : '.'}`);
    this.reason = reason;
  }
}

/** What is larger than tfsg reads. */
export class GitObjectTooLarge extends GitError {}

export const damagedObject = (id: string): GitError =>
  new GitError(`git object ${id.slice(0, 12)} is damaged; run "git fsck"`);
