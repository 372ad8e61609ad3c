import { asFailure, type Failure } from '../bridge/failure';
import type { AttemptView, ConnectedView, ErrorCode, SiteView } from '../bridge/types';
import type { Desk } from './desk.svelte';

/** Errors after which only a new trip to the browser helps. */
const spent: ErrorCode[] = [
  'attempt_over',
  'denied',
  'authorize_refused',
  'code_refused',
  'client_refused',
  'scope_refused',
  'other_person',
];

type Phase = 'starting' | 'waiting' | 'checking' | 'over' | 'done';

/** One connect from the open browser to the confirmed account. What was typed is never lost. */
export class Connecting {
  readonly site: SiteView;
  phase = $state<Phase>('starting');
  attempt = $state.raw<AttemptView | null>(null);
  answer = $state('');
  failure = $state.raw<Failure | null>(null);
  connected = $state.raw<ConnectedView | null>(null);

  #desk: Desk;

  constructor(desk: Desk, site: SiteView, waiting?: AttemptView) {
    this.#desk = desk;
    this.site = site;
    if (waiting) {
      this.attempt = waiting;
      this.phase = 'waiting';
    }
  }

  /** Nothing waits any more, or no code can succeed: only starting again helps. */
  get isSpent(): boolean {
    const code = this.failure?.code;
    const isLost = this.phase === 'waiting' && !this.attempt;
    return isLost || this.phase === 'over' || (code != null && spent.includes(code));
  }

  /** Opens the browser for a new attempt; one that still waits is given up by it. */
  async start(): Promise<void> {
    this.failure = null;
    this.answer = '';
    this.phase = 'starting';
    try {
      this.attempt = await this.#desk.host.startConnect(this.site.id);
      // The attempt waits all the same: its link can be copied.
      this.failure = this.attempt.notOpened;
    } catch (thrown) {
      this.attempt = null;
      this.failure = asFailure(thrown);
    }
    this.phase = 'waiting';
  }

  async finish(): Promise<void> {
    const answer = this.answer.trim();
    if (!answer || !this.attempt || this.phase !== 'waiting') return;
    this.failure = null;
    this.phase = 'checking';
    try {
      this.connected = await this.#desk.host.finishConnect(this.attempt.id, answer);
      this.attempt = null;
      this.phase = 'done';
    } catch (thrown) {
      this.failure = asFailure(thrown);
      this.phase = 'waiting';
    }
  }

  reopenBrowser(): Promise<boolean> {
    return this.#ask((attempt) => this.#desk.host.reopenBrowser(attempt));
  }

  copyLink(): Promise<boolean> {
    return this.#ask((attempt) => this.#desk.host.copyConnectLink(attempt));
  }

  clearAnswer(): void {
    this.answer = '';
    this.failure = null;
  }

  timeOver(): void {
    this.failure = null;
    this.phase = 'over';
  }

  cancel(): void {
    // One that is over already is what was wanted.
    if (this.attempt) this.#desk.host.cancelConnect(this.attempt.id).catch(() => undefined);
    this.#desk.dialog = null;
  }

  async #ask(action: (attempt: string) => Promise<void>): Promise<boolean> {
    if (!this.attempt) return false;
    this.failure = null;
    try {
      await action(this.attempt.id);
      return true;
    } catch (thrown) {
      this.failure = asFailure(thrown);
      return false;
    }
  }
}
