import { asFailure, type Failure } from '../bridge/failure';
import type {
  AttemptView,
  ConnectedView,
  ErrorCode,
  OtherPersonView,
  Redirect,
  RevocationView,
  SiteView,
} from '../bridge/types';
import type { Desk } from './desk.svelte';

/** Errors after which only a new trip to the browser helps. */
const spent: ErrorCode[] = [
  'attempt_over',
  'denied',
  'authorize_refused',
  'code_refused',
  'client_refused',
  'client_secret_missing',
  'scope_refused',
  'other_person',
];

/** The connection as somebody else than was meant, and how it ended. */
export type EndedFirst = {
  site: SiteView;
  person: string;
  revocation: RevocationView;
  tokenUntil: string | null;
};

type Phase = 'starting' | 'waiting' | 'checking' | 'over' | 'other' | 'deciding' | 'done';

/** One connect from the open browser to the confirmed account. What was typed is never lost. */
export class Connecting {
  readonly site: SiteView;
  phase = $state<Phase>('starting');
  attempt = $state.raw<AttemptView | null>(null);
  answer = $state('');
  failure = $state.raw<Failure | null>(null);
  connected = $state.raw<ConnectedView | null>(null);
  /** Somebody else than before signed in. */
  other = $state.raw<OtherPersonView | null>(null);
  /** What was connected before, as somebody else, is being ended. */
  isEnding = $state(false);
  ended = $state.raw<EndedFirst | null>(null);
  /** How the answer of this attempt, or of the last one, comes back. */
  redirect = $state<Redirect>('oob');
  /** All ways the product allows. */
  ways = $state.raw<Redirect[]>([]);

  #desk: Desk;
  /** The way a person wants; the site's own where null. */
  #wanted: Redirect | null = null;
  /** Its dialog is gone: what comes back now begins nothing. */
  #isLeft = false;

  constructor(desk: Desk, site: SiteView, waiting?: AttemptView) {
    this.#desk = desk;
    this.site = site;
    this.redirect = site.redirect;
    desk.otherAnswer = false;
    if (this.#question) this.#ask();
    else if (waiting) this.#wait(waiting);
  }

  /** Nothing waits any more, or no code can succeed: only starting again helps. */
  get isSpent(): boolean {
    const code = this.failure?.code;
    const isLost = this.phase === 'waiting' && !this.attempt;
    return isLost || this.phase === 'over' || (code != null && spent.includes(code));
  }

  /** What was connected before is not ended yet, so nobody else can take its place. */
  get isHeldUp(): boolean {
    const isQueued = this.ended?.revocation.atProvider === 'unreachableQueued';
    return isQueued && this.phase === 'waiting' && !this.attempt;
  }

  /** Opens the browser for a new attempt; one that still waits is given up by it. */
  async start(redirect: Redirect | null = this.#wanted): Promise<void> {
    this.#wanted = redirect;
    this.failure = null;
    this.answer = '';
    this.attempt = null;
    this.phase = 'starting';
    this.#desk.otherAnswer = false;
    try {
      const attempt = await this.#desk.host.startConnect(this.site.id, redirect);
      // It begins only once what waited is ended.
      if (this.ended?.revocation.atProvider === 'unreachableQueued') this.ended = null;
      this.#wait(attempt);
      // The attempt waits all the same: its link can be copied.
      this.failure = attempt.notOpened;
    } catch (thrown) {
      this.failure = asFailure(thrown);
      this.phase = 'waiting';
    }
  }

  #wait(attempt: AttemptView): void {
    this.attempt = attempt;
    this.redirect = attempt.redirect;
    this.ways = attempt.ways;
    this.phase = 'waiting';
    if (attempt.listens) void this.#listen(attempt.id);
  }

  /** The answer may come by itself, while something is pasted; the first one ends the attempt. */
  async #listen(id: string): Promise<void> {
    try {
      const connected = await this.#desk.host.waitConnect(id);
      if (this.attempt?.id === id) this.#finished(connected);
    } catch (thrown) {
      if (this.attempt?.id !== id) return;
      const isLate = Date.parse(this.attempt.endsAt) <= Date.now() + 1000;
      const failure = asFailure(thrown);
      if (failure.code === 'attempt_over' && isLate) return this.timeOver();
      this.attempt = null;
      await this.#failed(failure);
    }
  }

  async finish(): Promise<void> {
    const answer = this.answer.trim();
    const id = this.attempt?.id;
    if (!answer || !id || this.phase !== 'waiting') return;
    this.failure = null;
    this.phase = 'checking';
    try {
      const connected = await this.#desk.host.finishConnect(id, answer);
      if (this.attempt?.id === id) this.#finished(connected);
    } catch (thrown) {
      if (this.attempt?.id === id) await this.#failed(asFailure(thrown));
    }
  }

  #finished(connected: ConnectedView): void {
    this.connected = connected;
    this.attempt = null;
    this.phase = 'done';
  }

  async #failed(failure: Failure): Promise<void> {
    if (failure.code === 'other_person') {
      // The question may come after the refusal.
      if (!this.#question) await this.#desk.look();
      if (this.#question) return this.#ask();
    }
    this.failure = failure;
    this.phase = 'waiting';
  }

  get #question(): OtherPersonView | null {
    const question = this.#desk.overview?.otherPerson ?? null;
    return question?.site === this.site.id ? question : null;
  }

  #ask(): void {
    this.other = this.#question;
    this.attempt = null;
    this.phase = 'other';
  }

  /** The site belongs to whoever signed in now. */
  async switchPerson(): Promise<void> {
    if (!this.other || this.phase !== 'other') return;
    this.phase = 'deciding';
    try {
      this.#finished(await this.#desk.host.switchPerson(this.other.attempt));
    } catch (thrown) {
      this.failure = asFailure(thrown);
      this.phase = 'waiting';
    }
    this.other = null;
  }

  /** Ends the connection that was just made, and begins anew for somebody else. */
  async notMe(): Promise<void> {
    const site = this.connected?.site;
    if (!site || this.isEnding) return;
    this.failure = null;
    this.isEnding = true;
    const tokenUntil = site.token?.expiresAt ?? null;
    try {
      const revocation = await this.#desk.host.revoke(site.id);
      this.ended = { site, person: site.identity?.text ?? '', revocation, tokenUntil };
      this.connected = null;
      this.phase = 'waiting';
    } catch (thrown) {
      this.failure = asFailure(thrown);
    }
    this.isEnding = false;
    // Who left meanwhile does not want to be sent to the browser.
    if (!this.failure && !this.isHeldUp && !this.#isLeft) await this.start();
  }

  leave(): void {
    this.#isLeft = true;
  }

  /** The site stays as it was; whether that went through. */
  async keepPerson(): Promise<boolean> {
    if (this.phase !== 'other') return false;
    this.failure = null;
    this.phase = 'deciding';
    try {
      await this.#desk.host.keepPerson();
      return true;
    } catch (thrown) {
      this.failure = asFailure(thrown);
      this.phase = 'other';
      return false;
    }
  }

  reopenBrowser(): Promise<boolean> {
    return this.#try((attempt) => this.#desk.host.reopenBrowser(attempt));
  }

  copyLink(): Promise<boolean> {
    return this.#try((attempt) => this.#desk.host.copyConnectLink(attempt));
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
    const waiting = this.attempt;
    this.attempt = null;
    // One that is over already is what was wanted.
    if (waiting) this.#desk.host.cancelConnect(waiting.id).catch(() => undefined);
    this.#desk.dialog = null;
  }

  async #try(action: (attempt: string) => Promise<void>): Promise<boolean> {
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
