/** The English texts around ending a connection. */
export const ending = {
  revoke: {
    ask: 'Revoke the connection to {{site}}?',
    step1: 'Ask {{host}} to end the refresh token and the access token.',
    step1Unsupported: '{{product}} gives apps no way to end a connection, so nothing is sent.',
    step1Access: 'Ask {{host}} to end the access token.',
    stepByHand: 'The refresh token can only be ended by hand',
    step2: 'Check that the server really refuses them.',
    step2Access: 'Check that the server really refuses it.',
    step3: 'Delete the saved secrets from {{store}}.',
    stays: 'The site stays in your list. You can connect again later.',
    submit: 'Revoke connection',
    working: 'Asking {{host}} to end the connection',
    confirmed: 'Connection revoked',
    confirmedAt: 'The server confirmed at {{time}}',
    accepted: '{{host}} accepted the request{{status}} and now refuses the token ({{refused}}).',
    acceptedUnseen:
      '{{host}} accepted the request{{status}}; whether it refuses the token could not be seen.',
    status: ' ({{status}})',
    alreadyGone: 'The connection had already ended',
    alreadyGoneMeans: '{{host}} had ended this connection before.',
    deleted: 'Deleted from {{store}}',
    untouched: 'Connections on your other computers are untouched',
    queued: 'Not revoked yet',
    queuedWhat: 'The server could not be reached',
    queuedMeans:
      'On {{host}} the connection may still be valid. Tallykey tries again by itself whenever counts are refreshed.',
    kept: 'The refresh token is kept for this one purpose',
    keptMeans: 'It stays in {{store}} and can no longer be copied or used to refresh.',
    hurry: 'In a hurry? End it on the site itself',
    tryNow: 'Try now',
    forget: 'Forget here only…',
    closeQueued: 'Close and keep trying',
    unsupported: 'Removed from this computer only',
    unsupportedWhat: '{{product}} gives apps no way to end a connection',
    unsupportedMeans:
      'A token you copied works until {{time}} at the latest. The refresh token stays on the server.',
    unsupportedNoEnd: 'A token you copied goes on working. The refresh token stays on the server.',
    accessOnly: 'Access token ended',
    accessOnlyMeans: 'The refresh token can only be ended by hand',
    forGood: 'To end it for good, use the site itself',
    stillAccepted: 'The server said yes, but still accepts the token',
    stillAcceptedMeans: 'Open the site’s own page to end it.',
    openPage: 'Open {{host}}',
  },

  forget: {
    ask: 'Forget the connection to {{site}} here only?',
    stays: 'On {{host}} the connection stays valid',
    staysMeans:
      'Tallykey deletes its secrets from {{store}} and stops trying, so it can never revoke it.',
    submit: 'Forget here only',
    working: 'Deleting from {{store}}',
    done: 'Forgotten on this computer only',
  },

  remove: {
    ask: 'Remove {{site}}?',
    body: 'The site and its counts leave this computer.',
    revokedFirst: 'The connection is revoked first.',
    notRevoked:
      'Without its definition, Tallykey cannot end the connection. On the server it stays valid.',
    submit: 'Remove site',
    working: 'Asking {{host}} to end the connection',
    unconfirmed: 'The connection could not be ended',
    unconfirmedMeans:
      'On {{host}} it may stay valid. If you remove the site now, Tallykey deletes its secrets and cannot try again.',
    keepRevokes: 'If you keep the site, the connection is revoked as soon as the server answers.',
    anyway: 'Remove anyway',
    keep: 'Keep the site',
  },
} as const;
