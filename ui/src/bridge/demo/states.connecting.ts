import { refusal } from './sites';
import { DemoHost } from './host';
import type { Script } from './script';
import { eight, instant, openBoard } from './sites';
import { press, row, type, with8, type State, type Step } from './walk';

const code = type('code-field', 'EXAMPLE-code');
const connecting = [row('Kaizen Archive'), ...press('connect-site')];
const answering = [...connecting, code, ...press('connect-button')];
/** Its answer comes by itself, and its code lives for two minutes. */
const listening = [row('Campaign Ops'), ...press('log-in')];
const help = { press: '[data-testid=browser-help] summary' };
const otherWay = (way: string) => press('other-ways', `way-${way}`);
const comesBack = (other: boolean): Step => ({ happens: (host) => host.comeBack({ other }) });

const portTaken: Partial<Script> = {
  attempt: {
    redirect: 'paste',
    listens: false,
    insteadOf: refusal('port_taken', { detail: '17643' }),
  },
};
const queued: Script['revocation'] = {
  atProvider: 'unreachableQueued',
  at: instant(0),
  status: null,
  refusedWith: null,
  forgottenHere: false,
  hasPage: true,
};
const stranger: Partial<Script> = { stranger: { id: '7', text: 'bob' } };
const withBoard = (script: Partial<Script> = {}, steps: Step[] = []): State => ({
  host: () =>
    new DemoHost(
      eight.map((site) => (site.id === 'board' ? openBoard : site)),
      script,
    ),
  steps,
});
const board = row('制作進行ボード');
const choosing = [board, ...press('choose')];
const nothing = {
  key: 'board',
  label: { en: 'Projects to count', ja: '集計するプロジェクト', de: 'Zu zählende Projekte' },
};

/** From the open browser to what is counted. */
export const connectingStates: Record<string, State> = {
  connect: with8({}, connecting),
  'connect-help': with8({}, [...connecting, { press: '[data-testid=browser-help] summary' }]),
  'connect-expired': with8({ refuse: { finishConnect: 'code_refused' } }, answering),
  'connect-other-site': with8({ refuse: { finishConnect: 'wrong_site' } }, answering),
  'connect-no-code': with8({ refuse: { finishConnect: 'not_a_code' } }, answering),
  'connect-denied': with8({ refuse: { finishConnect: 'denied' } }, answering),
  'connect-client': with8({ refuse: { finishConnect: 'client_refused' } }, answering),
  'connect-offline': with8({ refuse: { finishConnect: 'unreachable' } }, answering),
  'connect-no-browser': with8({ notOpened: 'browser_failed' }, connecting),
  'connect-locked': with8({ refuse: { startConnect: 'keychain_locked' } }, connecting),
  'connect-over': with8({ attempt: { endsAt: instant(-1) } }, connecting),
  'connect-done': with8({}, answering),
  'connect-not-you': with8({}, [...answering, ...press('not-you')]),
  'connect-not-you-again': with8({}, [...answering, ...press('not-you', 'not-you-again')]),
  'connect-not-you-ending': with8({ silent: ['revoke'] }, [
    ...answering,
    ...press('not-you', 'not-you-again'),
  ]),
  'connect-not-you-refused': with8({ refuse: { revoke: 'client_refused' } }, [
    ...answering,
    ...press('not-you', 'not-you-again'),
  ]),
  'connect-not-you-queued': with8({ revocation: queued }, [
    ...answering,
    ...press('not-you', 'not-you-again'),
  ]),
  'connect-counting': with8({ counting: 60_000 }, answering),
  'connect-copied': with8({}, [
    ...answering,
    { press: '[data-testid=dialog-connected] [data-testid=copy-token]' },
  ]),
  'connect-ended': with8({ ended: ['k7Qd', 'Zx2f'] }, answering),
  'connect-unsaved': with8(
    { unsaved: 'keychain_locked', missingScopes: ['view_issues'] },
    answering,
  ),
  'connect-ways': with8({}, [...connecting, ...press('other-ways')]),
  'connect-listening': with8({}, listening),
  'connect-listening-help': with8({}, [...listening, help]),
  'connect-arrived': with8({}, [...listening, comesBack(false)]),
  'connect-paste': with8({}, [...connecting, ...otherWay('paste')]),
  'connect-paste-short': with8({}, [...listening, ...otherWay('paste')]),
  'connect-port-taken': with8(portTaken, listening),
  'connect-other-answer': with8({}, [...listening, comesBack(true)]),
  'connect-came-denied': with8({ refuse: { waitConnect: 'denied' } }, listening),
  'connect-came-offline': with8({ refuse: { waitConnect: 'unreachable' } }, listening),
  'connect-no-secret': with8({ refuse: { startConnect: 'client_secret_missing' } }, connecting),
  'connect-person': with8(stranger, [
    row('Campaign Ops'),
    ...press('log-in'),
    code,
    ...press('connect-button'),
  ]),
  'connect-person-add': with8(stranger, [...listening, comesBack(false), ...press('other-add')]),
  'connect-person-deciding': with8({ ...stranger, silent: ['switchPerson'] }, [
    ...listening,
    comesBack(false),
    ...press('other-switch'),
  ]),
  'connect-left-to-choose': withBoard({}, [
    { happens: (host) => host.changeSite('board', { state: 'needsSignIn', token: null }) },
    board,
    ...press('log-in'),
    comesBack(false),
  ]),

  choose: withBoard({}, choosing),
  'choose-some': withBoard({}, [
    ...choosing,
    ...press('item-501', 'item-71', 'item-72', 'item-73'),
  ]),
  'choose-filter': withBoard({}, [...choosing, type('filter-board', '展示')]),
  'choose-none': withBoard({}, [...choosing, type('filter-board', 'zzz')]),
  'choose-loading': withBoard({ silent: ['offers'] }, choosing),
  'choose-failed': withBoard({ refuse: { offers: 'rate_limited' } }, choosing),
  'choose-cut': withBoard(
    {
      offers: [
        {
          ...nothing,
          many: true,
          me: false,
          optional: false,
          items: many(120),
          chosen: ['3'],
          isCut: true,
        },
      ],
    },
    choosing,
  ),
  'choose-empty': withBoard(
    {
      offers: [
        { ...nothing, many: true, me: false, optional: false, items: [], chosen: [], isCut: false },
      ],
    },
    choosing,
  ),
  'choose-refused': withBoard({ refuse: { choose: 'file_unwritable' } }, [
    ...choosing,
    ...press('item-501', 'item-71', 'choose-done'),
  ]),

  account: with8({}, [row('Kaizen Core'), ...press('site-more', 'add-account')]),
  'account-taken': with8({}, [
    row('Kaizen Core'),
    ...press('site-more', 'add-account'),
    type('account-name', 'kaizen core'),
  ]),
  secret: with8({}, [row('Kaizen Core'), ...press('site-more', 'replace-secret')]),
};

function many(n: number) {
  return Array.from({ length: n }, (_, at) => ({ value: `${at}`, text: `Project ${at + 1}` }));
}
