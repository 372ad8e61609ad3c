import { adding } from './en.adding';
import { connecting } from './en.connecting';
import { ending } from './en.ending';
import { given } from './en.given';
import { numbers } from './en.numbers';
import { plural } from './plural';
import { trouble } from './en.trouble';
import { window } from './en.window';

const sites = (n: number) => plural('en', n, { one: `${n} site`, other: `${n} sites` });

/** The English texts, and through `Messages` the shape every other language has to fill. */
export const en = {
  language: {
    system: (name: string) => `System (${name})`,
    sentenceGap: ' ',
  },

  duration: {
    hours: (h: number) => `${h} h`,
    hoursMinutes: (h: number, m: number) => `${h} h ${m} min`,
    minutes: (m: number) => `${m} min`,
    seconds: (s: number) => `${s} s`,
    days: (d: number) => plural('en', d, { one: `${d} day`, other: `${d} days` }),
    underMinute: 'less than 1 min',
  },

  error: {
    thisSite: 'this site',
    theServer: 'the server',
    unknown: {
      what: 'Something unexpected happened',
      means:
        'Tallykey could not finish this. Your sites and their connections were left as they are.',
      next: 'Try again; if it stays, restart Tallykey.',
    },
    dismiss: 'Dismiss',
    tryAgain: 'Try again',
  },

  toolbar: {
    back: 'All sites',
    filter: 'Filter sites',
    clearFilter: 'Clear filter',
    show: 'Show',
    all: 'All',
    needsYou: 'Needs you',
    overdue: 'Overdue',
    refresh: 'Refresh',
    refreshing: (done: number, all: number) => `Refreshing ${done} of ${all}`,
    addSite: 'Add site',
    settings: 'Settings',
  },

  overview: {
    title: 'All sites',
    filtered: (shown: number, all: number) => `${shown} of ${sites(all)}`,
    sites: 'Sites',
    fresh: (fresh: number, older: number) => `${fresh} up to date, ${older} older`,
    allFresh: 'All up to date',
    noCounts: 'No counts yet',
    token: 'Token',
    sort: (name: string) => `Sort by ${name}`,
    needsYou: 'Needs you',
    waiting: 'Waiting',
    upToDate: 'Up to date',
    noMatch: (query: string) => `No site matches “${query}”`,
    noMatchHint: 'Names, addresses and products are searched.',
    noneNeedYou: 'No site needs you',
    noneOverdue: 'Nothing is overdue',
    showAll: 'Show all',
    announce: (n: number, assigned: string, overdue: string) =>
      `${sites(n)}, ${assigned} assigned, ${overdue} overdue`,
  },

  column: {
    assigned_open: 'Assigned',
    overdue: 'Overdue',
    due_today: 'Due today',
    created_open: 'Created',
    watched_open: 'Watched',
    open: 'All open',
  },

  row: {
    left: (d: string) => `${d} left`,
    ended: 'Token ended',
    noEnd: 'Connected',
    ago: (d: string) => `${d} ago`,
    justNow: 'Just now',
    tokenLeft: (d: string) => `Token: ${d} left`,
    refreshed: (d: string) => `Refreshed ${d} ago`,
    refreshedNow: 'Refreshed just now',
    counts: (d: string) => `Counts ${d} old`,
    countsUntil: (d: string, time: string) => `${d} old, until ${time}`,
    oldUnknown: 'Older counts',
    old: (d: string) => `${d} old`,
    until: (time: string) => `until ${time}`,
    rateFor: (d: string) => `Rate-limited, ${d}`,
    signIn: 'Log in again',
    offline: 'Offline',
    rateLimited: 'Rate-limited',
    locked: 'Keyring locked',
    noStore: 'No keychain',
    storeWaits: 'Keychain waits',
    storeFailed: 'Keychain refused',
    otherPerson: 'Another person',
    proxy: 'Proxy refused',
    serverTrouble: 'Server trouble',
    unclear: 'Odd answer',
    untrusted: 'Not trusted',
    forbidden: 'No permission',
    apiOff: 'API is off',
    unconfirmed: 'Not confirmed',
    stuck: 'Not refreshed',
    unknown: 'Unknown product',
    unaccepted: 'Not accepted',
    unchosen: 'Left to choose',
    refused: 'App refused',
    noSecret: 'Secret missing',
    never: 'Not connected',
    revokePending: 'Not revoked yet',
    revoking: 'Revoking',
    refreshing: 'Refreshing',
    counting: 'Counting…',
    connectToSee: 'Connect to see counts',
    chooseToSee: 'Choose what to count',
    refreshToSee: 'Refresh to see counts',
    cannotCount: (product: string) => `${product} cannot count this`,
    logIn: 'Log in',
    retry: 'Retry',
    openSite: 'Open site',
    unlock: 'Unlock',
    connect: 'Connect',
    accept: 'Accept…',
    choose: 'Choose…',
    replaceSecret: 'Replace…',
    more: (site: string) => `More actions for ${site}`,
    copyFor: (site: string) => `Copy token for ${site}`,
  },

  copy: {
    token: 'Copy token',
    copied: 'Copied',
    as: 'Copy as',
    raw: 'Token only',
    header: 'Authorization header',
    curl: 'curl',
    httpie: 'HTTPie',
    powershell: 'PowerShell',
    env: 'Environment line',
    json: 'JSON',
    foot: (d: string) =>
      `Cleared after ${d}. Commands start with a space, so most shells keep them out of their history.`,
  },

  toast: {
    clipboard: 'Clipboard',
    copied: (what: string, site: string) => `Copied ${what} for ${site}`,
    forms: {
      raw: 'token',
      header: 'header',
      curl: 'curl',
      httpie: 'HTTPie',
      powershell: 'PowerShell',
      env: 'environment line',
      json: 'JSON',
    },
    clears: (d: string) => `Clipboard clears in ${d}`,
    worksUntil: (tail: string, time: string) => `token …${tail} works until ${time}`,
    works: (tail: string) => `token …${tail}`,
    sameUntil: (tail: string, time: string) => `the same token …${tail}, until ${time}`,
    same: (tail: string) => `the same token …${tail}`,
    clearNow: 'Clear now',
    cleared: 'Clipboard cleared',
    replaced: 'Not cleared: the clipboard holds something else now',
    failed:
      'The desktop did not let Tallykey clear the clipboard. Copy something else to replace it.',
  },

  store: {
    secretsIn: (store: string) => `Secrets in ${store}`,
    memory: 'Secrets are kept until you quit',
    keychain: 'the keychain',
    untilQuit: 'memory, until you quit',
    locked: (store: string) => `${store} is locked`,
    unlock: 'Unlock',
    none: 'No keychain',
    missing: 'No keychain found. Choose where secrets go before connecting.',
    missingMeans: 'Secrets are never stored in plain text.',
    keepInMemory: 'Keep until I quit',
    keepInMemoryHint: 'You log in again after each start.',
    lookAgain: 'Look again',
  },

  first: {
    title: 'No sites yet',
    lead: 'Add a tracker and its issue counts appear here. Tallykey keeps the tokens fresh for you.',
    add: 'Add a site',
    store: (store: string) =>
      `Secrets will live in ${store} (found, unlocked). Tallykey talks only to the sites you add.`,
    memory: 'Secrets are kept until you quit. Tallykey talks only to the sites you add.',
  },

  site: {
    sideOverdue: 'Overdue',
    sideAssigned: 'Mine',
    openSite: 'Open site',
    refresh: 'Refresh',
    revoke: 'Revoke…',
    remove: 'Remove…',
    connectAgain: 'Sign in again…',
    addAccount: 'Add another account…',
    replaceSecret: 'Replace the secret…',
    accept: 'Accept the definition…',
    change: 'Change…',
    choose: 'Choose…',
    chosen: 'Chosen',
    notChosen: 'Not chosen yet',
    andMore: (n: number) => `${n} more`,
    counts: 'Counts',
    openCount: (label: string, value: string) => `${label}: ${value}. Open in the browser`,
    noCount: (label: string) => `${label}: no number. Open in the browser`,
    accessToken: 'Access token',
    tokenEnds: (tail: string) => `Ends in ${tail}`,
    left: (d: string) => `${d} left`,
    ended: 'ended',
    until: (time: string) => `until ${time}`,
    noEnd: 'No known end',
    scopes: 'Scopes granted',
    missingScopes: (scopes: string) =>
      `Fewer scopes than asked: ${scopes} is missing. Some counts stay empty.`,
    noToken: 'No valid token. Logging in creates a new one.',
    account: 'Account',
    id: (id: string) => `id ${id}`,
    connected: 'Connected',
    secrets: 'Secrets',
    notConnected: 'Not connected',
    notConnectedHint: (host: string) =>
      `Connecting opens ${host} in your browser. You log in there and approve Tallykey.`,
    countsFrom: (time: string) => `Counts from ${time}`,
    countsOld: (time: string, d: string) => `Counts from ${time}, ${d} old`,
    refreshed: (d: string) => `Refreshed ${d} ago`,
    refreshedNow: 'Refreshed just now',
  },

  ...trouble,

  ...given,

  ...connecting,

  ...ending,

  ...adding,

  ...numbers,

  ...window,

  dialog: {
    cancel: 'Cancel',
    done: 'Done',
  },
};
