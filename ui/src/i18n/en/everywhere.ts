/** The English texts that are read in more than one place. */
export const everywhere = {
  language: {
    system: 'System ({{name}})',
    quoted: '“{{text}}”',
    sentenceGap: ' ',
  },

  duration: {
    hours: '{{hours}} h',
    hoursMinutes: '{{hours}} h {{minutes}} min',
    minutes: '{{minutes}} min',
    seconds: '{{seconds}} s',
    days_one: '{{count}} day',
    days_other: '{{count}} days',
    daysGone_one: '{{count}} day',
    daysGone_other: '{{count}} days',
    underMinute: 'less than 1 min',
    ago: '{{duration}} ago',
  },

  error: {
    thisSite: 'this site',
    theServer: 'the server',
    gone: 'This site is no longer there',
    unknown: {
      what: 'Something unexpected happened',
      means:
        'Tallykey could not finish this. Your sites and their connections were left as they are.',
      next: 'Try again; if it happens again, restart Tallykey.',
    },
    dismiss: 'Dismiss',
    tryAgain: 'Retry',
  },

  copy: {
    token: 'Copy token',
    copied: 'Copied',
    as: 'Copy as',
    form: 'Copy {{form}}',
    raw: 'Token only',
    header: 'Authorization header',
    curl: 'curl',
    httpie: 'HTTPie',
    powershell: 'PowerShell',
    env: 'Environment line',
    json: 'JSON',
    foot: 'Cleared after {{duration}}. Commands start with a space, so most shells keep them out of their history.',
  },

  toast: {
    clipboard: 'Clipboard',
    copied: 'Copied token for {{site}}',
    copiedAs: 'Copied {{form}} for {{site}}',
    forms: {
      header: 'header',
      curl: 'curl',
      httpie: 'HTTPie',
      powershell: 'PowerShell',
      env: 'environment line',
      json: 'JSON',
    },
    clears: 'Clipboard clears in {{duration}}',
    worksUntil: 'Token …{{tail}} works until {{time}}',
    works: 'token …{{tail}}',
    sameUntil: 'The same token …{{tail}}, until {{time}}',
    same: 'The same token …{{tail}}',
    clearNow: 'Clear now',
    cleared: 'Clipboard cleared',
    replaced: 'Not cleared: the clipboard holds something else now',
    failed:
      'The desktop did not let Tallykey clear the clipboard. Copy something else to replace it.',
  },

  store: {
    secretsIn: 'Secrets in {{store}}',
    memory: 'Secrets are kept until you quit',
    keychain: 'the keychain',
    untilQuit: 'memory, until you quit',
    locked: '{{store}} is locked',
    unlock: 'Unlock',
    none: 'No keychain',
    missing: 'No keychain found. Choose where secrets go before connecting.',
    missingMeans: 'Secrets are never stored in plain text.',
    keepInMemory: 'Keep until I quit',
    keepInMemoryHint: 'If kept until you quit, you log in again after each start.',
    lookAgain: 'Look again',
  },

  dialog: {
    cancel: 'Cancel',
    done: 'Done',
    close: 'Close',
  },
} as const;
