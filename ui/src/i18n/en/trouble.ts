/** The English texts about what does not go as it should, and goes on by itself or needs a person. */
export const trouble = {
  note: {
    since: 'Since {{time}}.',
    byItself: 'The connection is kept and tried again by itself.',
    signIn:
      'The server has not accepted this connection since {{time}}. Your counts are kept; logging in continues where you left off.',
    offline: 'Cannot reach {{host}}',
    offlineSince: 'No answer since {{time}}.',
    proxy: 'A proxy refuses the way to {{host}}',
    proxyMeans: 'It may want a name and a password.',
    proxyNext: 'Check the proxy in the settings under Network, or in those of the system.',
    rate: '{{host}} asks to wait until {{time}}',
    rateOver: '{{host}} asked to wait until {{time}}',
    rateOpen: '{{host}} asks to wait',
    rateLeft: '{{duration}} to go.',
    rateMeans: 'Counts continue then by themselves. Copying a token still works.',
    rateOpenMeans:
      'No time was given. Counts continue by themselves later. Copying a token still works.',
    rateSoon: 'Counts continue by themselves in a moment.',
    server: 'There is trouble at {{host}}',
    serverMeans: 'Since {{time}} it has been answering that it cannot work right now.',
    serverUntil: 'It asks to wait until {{time}}.',
    locked: '{{store}} is locked',
    lockedMeans:
      'The current token works until {{time}}. A new one needs the store. Nothing was deleted.',
    lockedNoEnd: 'Nothing was deleted.',
    revokePending: 'Not revoked yet',
    revokePendingMeans:
      'On {{host}} the connection may still be valid. Tallykey tries again by itself whenever counts are refreshed. The token can no longer be copied or used.',
    openSite: 'Open site',
    forget: 'Stop trying and forget here…',
    unknownNext: 'Update Tallykey, put its definition back, or remove the site.',
    unacceptedNext: 'Until you accept it, nothing is sent; the counts are kept.',
    rateByHand: 'Refresh after that. Copying a token still works.',
    byHand: 'The connection is kept. Refresh to try again.',
  },

  clock: {
    ahead: 'This computer’s clock is {{duration}} ahead',
    behind: 'This computer’s clock is {{duration}} behind',
    means: 'Tallykey goes by the servers’ time.',
    next: 'Set the clock in the system’s date and time settings.',
    dismiss: 'Got it',
    shortAhead: 'Clock {{duration}} ahead',
    shortBehind: 'Clock {{duration}} behind',
  },
} as const;
