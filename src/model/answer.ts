/** Yes, no or unknown: the result of a question about a configuration before apply. */

/** `unknown` means that the answer hangs on a value which only apply will tell. */
export type Answer = 'yes' | 'no' | 'unknown';

/** A fact as an answer. */
export function answerOf(fact: boolean): Answer {
  return fact ? 'yes' : 'no';
}

/** Kleene's "and": one `no` decides, else one `unknown` leaves it open. `yes` for no answers at all. */
export function all(...answers: readonly Answer[]): Answer {
  if (answers.includes('no')) return 'no';
  return answers.includes('unknown') ? 'unknown' : 'yes';
}

/** Kleene's "or": one `yes` decides, else one `unknown` leaves it open. `no` for no answers at all. */
export function any(...answers: readonly Answer[]): Answer {
  if (answers.includes('yes')) return 'yes';
  return answers.includes('unknown') ? 'unknown' : 'no';
}

/** Kleene's "not": what is unknown stays so. */
export function not(answer: Answer): Answer {
  if (answer === 'unknown') return 'unknown';
  return answer === 'yes' ? 'no' : 'yes';
}
