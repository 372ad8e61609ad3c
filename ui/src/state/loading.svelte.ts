import { asFailure, type Failure } from '../bridge/failure';

/** Something the page asks for beside the overview, and asks for again when the site moved on. */
export class Loading<T> {
  /** The last answer; it stays while the next one is on its way. */
  value = $state.raw<T | null>(null);
  failure = $state.raw<Failure | null>(null);

  #last = 0;

  async ask(question: () => Promise<T>): Promise<void> {
    this.#last += 1;
    const mine = this.#last;
    try {
      const value = await question();
      // A slow answer to an earlier question is no answer any more.
      if (mine !== this.#last) return;
      this.value = value;
      this.failure = null;
    } catch (thrown) {
      if (mine === this.#last) this.failure = asFailure(thrown);
    }
  }

  /** What was known belongs to another question. */
  clear(): void {
    this.value = null;
    this.failure = null;
  }
}
