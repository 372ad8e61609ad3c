import { plural } from './plural';

const minutes = (n: number) => plural('en', n, { one: `${n} minute`, other: `${n} minutes` });

/** The English texts from the open browser to what is counted. */
export const connecting = {
  connect: {
    title: 'Finish in your browser',
    body: 'Log in there as the person whose issues you want to count, then approve Tallykey.',
    asksFor: (things: number, names: string) =>
      `It asks for ${plural('en', things, { one: 'one thing', other: `${things} things` })}: ${names}.`,
    starting: 'Opening the browser',
    waiting: 'Waiting for your approval',
    left: (d: string) => `${d} left`,
    openAgain: 'Open browser again',
    copyLink: 'Copy link instead',
    linkCopied: 'Link copied',
    otherWays: 'Another way',
    way: {
      loopback: 'Let the answer come by itself',
      'loopback-port': 'Let the answer come by itself',
      'localhost-port': 'Let the answer come by itself (localhost)',
      oob: 'Show a code instead',
      paste: 'Paste the address instead',
    },
    orCode: 'The browser then shows a code',
    orAddress: 'The browser did not come back?',
    orPaste: 'The browser then shows an error page',
    pasteMeans:
      'After you have approved, it says “This page cannot be reached”. That is expected: copy the whole address from its address bar and paste it here.',
    code: 'Code or whole address',
    address: 'Whole address',
    placeholder: 'Paste the code or the whole address',
    addressPlaceholder: 'Paste the address it shows',
    submit: 'Connect',
    safety: 'Paste only a code from the page this window opened. Nobody else will ever need it.',
    addressSafety:
      'Paste only an address from the page this window opened. Nobody else will ever need it.',
    codeLife: (n: number) =>
      `The code is valid for ${minutes(n)} after you allow access; paste it at once.`,
    insteadCode: 'This time, paste the code that the browser shows.',
    insteadPaste: 'This time, paste the address that the browser ends on.',
    ignored: 'An answer was ignored',
    ignoredMeans:
      'It belonged to another attempt or to another site. If you did not start it, close that browser tab.',
    help: 'The browser shows an error?',
    helpGone: '“This page cannot be reached”',
    helpGoneFix: 'Copy the whole address from the address bar and paste it above.',
    helpRedirect: '“redirect uri … is not valid”',
    helpRedirectFix: 'The registration of the application lacks this line, or has it differently:',
    redirectLine: 'redirect line',
    helpClient: '“unknown client”',
    helpClientFix:
      'The application ID is wrong, or the application was deleted. Remove the site and add it again with the right ID.',
    helpScope: '“scope is invalid”',
    helpScopeFix: (names: string) => `An administrator must tick ${names} for this application.`,
    helpLoop: 'The login page comes again and again',
    helpLoopFix: (host: string) =>
      `The browser does not stay logged in. Allow cookies for ${host}, or copy the link and open it in another browser.`,
    helpForbidden: '403',
    helpForbiddenFix: 'The API is switched off, or your account may not use it.',
    exchanging: (host: string) => `Checking the code with ${host}`,
    newCode: 'Get a new code',
    startAgain: 'Start again',
    clearField: 'Clear the field',
    timeOver: (n: number) => `No answer in ${minutes(n)}`,
    timeOverMeans: 'Nothing was saved.',
    done: (site: string) => `${site} is connected`,
    granted: 'Scopes granted',
    allGranted: 'Access granted',
    saved: (store: string) => `Saved in ${store} and read back`,
    kept: 'Kept until you quit',
    counting: 'Counting…',
    countedByHand: 'Counts are asked for only when you refresh',
    endedTokens: (tails: string) =>
      `Copied before and no longer valid: ${tails}. Copy a new token to wherever they are used.`,
    leftToChoose: (names: string) => `Left to choose: ${names}`,
    choose: 'Choose…',
    later: 'Later',
    firstCounts: (assigned: string, overdue: string) =>
      `First counts: ${assigned} assigned to you, ${overdue} overdue`,
    renews: (d: string) => `The access token lasts ${d} and renews itself.`,
    unsaved: (store: string) => `Connected, but ${store} did not save it`,
    unsavedMeans: 'You will have to log in again after closing Tallykey.',
    saveAgain: 'Try saving again',
    copyToken: 'Copy token',
    finish: 'Done',
  },

  other: {
    title: (now: string, before: string) => `This is ${now}, not ${before}`,
    body: (now: string, site: string, before: string) =>
      `You signed in as ${now}; ${site} was connected as ${before}.`,
    keep: (before: string) => `Keep ${before}`,
    keepMeans: (now: string) => `Nothing changes here. What ${now} just allowed is ended.`,
    use: (now: string) => `Use ${now} from now on`,
    useMeans: (before: string) => `The connection as ${before} is ended, and its counts go.`,
    add: 'Add as another site',
    addMeans: (now: string, before: string) =>
      `${before} stays here; ${now} gets a site of their own and logs in once more.`,
    siteName: (site: string, person: string) => `${site} (${person})`,
    working: (host: string) => `Waiting for ${host}`,
  },

  account: {
    title: 'Add another account',
    body: (site: string) =>
      `The new site has the address and the application of ${site}, and an account of its own.`,
    browser: (host: string) =>
      `If your browser is still logged in to ${host}, log out there first or open the link in a private window. Otherwise it connects the same account again.`,
    submit: 'Add and connect',
  },

  secret: {
    title: 'Replace the secret',
    body: (host: string) =>
      `The secret of the application that is registered at ${host}. After this you log in once more.`,
    bodyRevoke: (host: string) =>
      `The secret of the application that is registered at ${host}. After this the connection is revoked.`,
    field: 'New secret',
    hint: (store: string) =>
      `It replaces the one in ${store} and is not shown again. The application ID stays the same.`,
    submit: 'Save and connect',
    submitRevoke: 'Save and revoke',
  },

  choose: {
    title: 'Choose what to count',
    loading: (host: string) => `Asking ${host} what there is`,
    filter: (label: string) => `Filter: ${label}`,
    filterHint: 'Filter',
    all: 'All shown',
    chosen: (n: string, all: string) => `${n} of ${all} chosen`,
    cut: 'The server has more than is shown here. What is missing cannot be chosen.',
    empty: 'There is nothing to choose from. It has to be created there first.',
    noMatch: (query: string) => `Nothing matches “${query}”`,
    calls: 'The more is chosen, the more calls each refresh takes.',
    submit: 'Save and count',
    saving: 'Saving',
  },
};
