import { plural } from './plural';

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
    old: (d: string) => `${d} old`,
    until: (time: string) => `until ${time}`,
    signIn: 'Log in again',
    offline: 'Offline',
    rateLimited: 'Rate-limited',
    locked: 'Keyring locked',
    noStore: 'No keychain',
    stuck: 'Not refreshed',
    unknown: 'Unknown product',
    never: 'Not connected',
    revokePending: 'Not revoked yet',
    revoking: 'Revoking',
    refreshing: 'Refreshing',
    counting: 'Counting…',
    connectToSee: 'Connect to see counts',
    cannotCount: (product: string) => `${product} cannot count this`,
    logIn: 'Log in',
    retry: 'Retry',
    unlock: 'Unlock',
    connect: 'Connect',
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
    foot: 'Cleared after 45 s. Commands start with a space, so most shells keep them out of their history.',
  },

  toast: {
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
    worksUntil: (time: string) => `token works until ${time}`,
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
    refreshed: (d: string) => `Refreshed ${d} ago`,
    refreshedNow: 'Refreshed just now',
  },

  note: {
    signIn: (time: string) =>
      `The server stopped accepting this connection ${time}. Your counts are kept; logging in continues where you left off.`,
    offline: (host: string) => `Cannot reach ${host}`,
    offlineMeans: (time: string) =>
      `Last answer ${time}. The connection is kept and tried again by itself.`,
    offlineNoAnswer: 'The connection is kept and tried again by itself.',
    rate: (host: string, time: string) => `${host} asks to wait until ${time}`,
    rateOpen: (host: string) => `${host} asks to wait`,
    rateMeans: 'Counts continue then by themselves. Copying a token still works.',
    locked: (store: string) => `${store} is locked`,
    lockedMeans: (time: string) =>
      `The current token works until ${time}. A new one needs the store. Nothing was deleted.`,
    lockedNoEnd: 'Nothing was deleted.',
    revokePending: 'Not revoked yet',
    revokePendingMeans: (host: string) =>
      `On ${host} the connection may still be valid. Tallykey tries again by itself whenever counts are refreshed. The token can no longer be copied or used.`,
    forget: 'Stop trying and forget here…',
    unknownNext: 'Update Tallykey, or remove the site.',
  },

  connect: {
    title: 'Finish in your browser',
    body: (things: number, names: string) =>
      `Log in there as the person whose issues you want to count, then approve Tallykey. It asks for ${plural(
        'en',
        things,
        { one: 'one thing', other: `${things} things` },
      )}: ${names}.`,
    starting: 'Opening the browser',
    waiting: 'Waiting for your approval',
    left: (d: string) => `${d} left`,
    openAgain: 'Open browser again',
    copyLink: 'Copy link instead',
    linkCopied: 'Link copied',
    orCode: 'If the browser shows a code',
    code: 'Code or whole address',
    placeholder: 'Paste the code or the whole address',
    submit: 'Connect',
    safety: 'Paste only a code from the page this window opened. Nobody else will ever need it.',
    help: 'The browser shows an error?',
    helpRedirect: '“redirect uri … is not valid”',
    helpRedirectFix: 'The registration lacks a redirect line. It has to list:',
    helpClient: '“unknown client”',
    helpClientFix: 'The application ID is wrong or was deleted.',
    helpScope: '“scope is invalid”',
    helpScopeFix: (names: string) => `An administrator must tick ${names} for this application.`,
    helpForbidden: '403',
    helpForbiddenFix: 'The API is switched off, or your account may not use it.',
    exchanging: (host: string) => `Checking the code with ${host}`,
    newCode: 'Get a new code',
    startAgain: 'Start again',
    clearField: 'Clear the field',
    timeOver: (minutes: number) => `No answer in ${minutes} minutes`,
    timeOverMeans: 'Nothing was saved.',
    done: (site: string) => `${site} is connected`,
    granted: 'Scopes granted',
    saved: (store: string) => `Saved in ${store} and read back`,
    kept: 'Kept until you quit',
    counting: 'Counting…',
    firstCounts: (assigned: string, overdue: string) =>
      `First counts: ${assigned} assigned to you, ${overdue} overdue`,
    renews: (d: string) => `The access token lasts ${d} and renews itself.`,
    unsaved: (store: string) => `Connected, but ${store} did not save it`,
    unsavedMeans: 'You will have to log in again after closing Tallykey.',
    saveAgain: 'Try saving again',
    copyToken: 'Copy token',
    finish: 'Done',
  },

  revoke: {
    ask: (site: string) => `Revoke the connection to ${site}?`,
    step1: (host: string) => `Ask ${host} to end the refresh token and the access token.`,
    step1Unsupported: (product: string) =>
      `${product} gives apps no way to end a connection, so nothing is sent.`,
    step2: 'Check that the server really refuses them.',
    step3: (store: string) => `Delete the saved secrets from ${store}.`,
    copied: (tail: string) => `The token you copied (…${tail}) stops working too.`,
    stays: 'The site stays in your list. You can connect again later.',
    submit: 'Revoke connection',
    working: (host: string) => `Asking ${host} to end the connection`,
    confirmed: 'Connection revoked',
    confirmedAt: (time: string) => `The server confirmed at ${time}`,
    accepted: (host: string, status: string, refused: number) =>
      `${host} accepted the request${status} and now refuses the token (${refused}).`,
    acceptedUnseen: (host: string, status: string) =>
      `${host} accepted the request${status}; whether it refuses the token could not be seen.`,
    status: (status: number) => ` (${status})`,
    alreadyGone: 'The connection had already ended',
    alreadyGoneMeans: (host: string) => `${host} had ended this connection before.`,
    deleted: (store: string) => `Deleted from ${store}`,
    untouched: 'Connections on your other computers are untouched',
    queued: 'Not revoked yet',
    queuedWhat: 'The server could not be reached',
    queuedMeans: (host: string) =>
      `On ${host} the connection may still be valid. Tallykey tries again by itself whenever counts are refreshed.`,
    kept: 'The refresh token is kept for this one purpose',
    keptMeans: (store: string) =>
      `It stays in ${store} and can no longer be copied or used to refresh.`,
    hurry: 'In a hurry? End it on the site itself',
    tryNow: 'Try now',
    forget: 'Forget here only…',
    closeQueued: 'Close and keep trying',
    unsupported: 'Removed from this computer only',
    unsupportedWhat: (product: string) => `${product} gives apps no way to end a connection`,
    unsupportedMeans: (time: string) =>
      `A token you copied works until ${time} at the latest. The refresh token stays on the server.`,
    unsupportedNoEnd: 'A token you copied goes on working. The refresh token stays on the server.',
    forGood: 'To end it for good, use the site itself',
    stillAccepted: 'The server said yes, but still accepts the token',
    stillAcceptedMeans: 'Open the site’s own page to end it.',
    openPage: (host: string) => `Open ${host}`,
  },

  forget: {
    ask: (site: string) => `Forget the connection to ${site} here only?`,
    stays: (host: string) => `On ${host} the connection stays valid`,
    staysMeans: (store: string) =>
      `Tallykey deletes its secrets from ${store} and stops trying, so it can never revoke it.`,
    submit: 'Forget here only',
    working: (store: string) => `Deleting from ${store}`,
    done: 'Forgotten on this computer only',
  },

  remove: {
    ask: (site: string) => `Remove ${site}?`,
    body: 'The site and its counts leave this computer.',
    revokedFirst: 'The connection is revoked first.',
    notRevoked:
      'Tallykey cannot end the connection of a product it does not know. On the server it stays valid.',
    submit: 'Remove site',
    working: (host: string) => `Asking ${host} to end the connection`,
    unconfirmed: 'The connection could not be ended',
    unconfirmedMeans: (host: string) =>
      `On ${host} it may stay valid. If you remove the site now, Tallykey deletes its secrets and cannot try again.`,
    keepRevokes: 'If you keep the site, the connection is revoked as soon as the server answers.',
    anyway: 'Remove anyway',
    keep: 'Keep the site',
  },

  add: {
    title: 'Add a site',
    steps: {
      product: 'Product',
      address: 'Address',
      registration: 'Registration',
      connect: 'Connect',
    },
    which: 'Which product?',
    whichLead: 'One account on one server is one site in your list.',
    counts: (n: number) => plural('en', n, { one: `${n} count`, other: `${n} counts` }),
    where: (product: string) => `Where is your ${product}?`,
    whereLead: 'The address you open in the browser. Sub-folders are fine.',
    name: 'Name in your list',
    nameTaken: 'Another site has this name already.',
    checking: (host: string) => `Waiting for ${host}`,
    took: (ms: string) => `${ms} ms`,
    checksStart: 'Tallykey looks at the address before you go on.',
    apiLater: 'API: checked when you connect',
    apiLaterMeans: 'The server only tells after you log in.',
    checkAgain: 'Check again',
    copyMessage: 'Copy a message for the administrator',
    messageCopied: 'Message copied',
    register: 'Register Tallykey once',
    openRegistration: 'Open registration page',
    fieldName: 'Name',
    redirect: 'Redirect URI',
    bothLines: 'both lines',
    scopes: 'Scopes',
    tick: (n: number) => plural('en', n, { one: 'tick this box', other: 'tick these boxes' }),
    notAdministrator: 'Not an administrator? Copy a message for them',
    afterwards: 'What the page shows afterwards',
    clientId: 'Application ID',
    secret: 'Secret',
    secretHint: (product: string, store: string) =>
      `${product} shows the secret only once. It goes straight to ${store} and is not shown again here either.`,
    copyLine: (what: string) => `Copy ${what}`,
    message: (host: string, help: string, lines: string[], scopes: string) =>
      `Could you register an application on ${host} (${help})? Name: Tallykey. Redirect URI${
        lines.length > 1 ? `, ${lines.length} lines` : ''
      }: ${lines.join(' and ')}. Scope: ${scopes}. I need the application ID and the secret; the page shows the secret only once. It reads issues with my rights and changes nothing.`,
    cancel: 'Cancel',
    back: 'Back',
    next: 'Continue',
    submit: 'Connect in browser',
  },

  settings: {
    title: 'Settings',
    language: 'Language',
    appearance: 'Appearance',
    system: 'System',
    light: 'Light',
    dark: 'Dark',
    close: 'Done',
  },

  dialog: {
    cancel: 'Cancel',
    done: 'Done',
  },
};

/** Every text of the window, as its shape: strings, and functions from words to a string. */
export type Messages = Shape<typeof en>;

type Shape<T> = {
  [K in keyof T]: T[K] extends string
    ? string
    : T[K] extends (...words: infer W) => string
      ? (...words: W) => string
      : Shape<T[K]>;
};
