import type { connecting as en } from '../en/connecting';
import type { German } from '../translated';

/** The German texts from the open browser to what is counted. */
export const connecting: German<typeof en> = {
  connect: {
    title: 'Weiter im Browser',
    body: 'Melden Sie sich dort als die Person an, deren Tickets gezählt werden, und erlauben Sie Tallykey den Zugriff.',
    asksFor_one: 'Erbeten wird eine Berechtigung: {{names}}.',
    asksFor_other: 'Erbeten wird Folgendes ({{count}}): {{names}}.',
    starting: 'Browser wird geöffnet',
    waiting: 'Warten auf Ihre Zustimmung',
    left: 'noch {{duration}}',
    openAgain: 'Browser erneut öffnen',
    copyLink: 'Stattdessen Link kopieren',
    linkCopied: 'Link kopiert',
    otherWays: 'Anderer Weg',
    way: {
      loopback: 'Antwort von selbst kommen lassen',
      'loopback-port': 'Antwort von selbst kommen lassen',
      'localhost-port': 'Antwort von selbst kommen lassen (localhost)',
      oob: 'Stattdessen einen Code zeigen',
      paste: 'Stattdessen die Adresse einfügen',
    },
    orCode: 'Der Browser zeigt dann einen Code',
    orAddress: 'Kam der Browser nicht zurück?',
    orPaste: 'Der Browser zeigt dann eine Fehlerseite',
    pasteMeans:
      'Nach Ihrer Zustimmung meldet er, dass die Seite nicht erreichbar ist. Das ist so gewollt: Kopieren Sie die ganze Adresse aus der Adresszeile und fügen Sie sie hier ein.',
    code: 'Code oder ganze Adresse',
    address: 'Ganze Adresse',
    placeholder: 'Code oder ganze Adresse einfügen',
    addressPlaceholder: 'Angezeigte Adresse einfügen',
    submit: 'Verbinden',
    safety:
      'Fügen Sie nur einen Code der Seite ein, die dieses Fenster geöffnet hat. Niemand sonst braucht ihn je.',
    addressSafety:
      'Fügen Sie nur eine Adresse der Seite ein, die dieses Fenster geöffnet hat. Niemand sonst braucht sie je.',
    codeLife_one: 'Der Code gilt nach Ihrer Zustimmung {{count}} Minute; fügen Sie ihn gleich ein.',
    codeLife_other:
      'Der Code gilt nach Ihrer Zustimmung {{count}} Minuten; fügen Sie ihn gleich ein.',
    insteadCode: 'Fügen Sie diesmal den Code ein, den der Browser zeigt.',
    insteadPaste: 'Fügen Sie diesmal die Adresse ein, die der Browser zuletzt zeigt.',
    ignored: 'Eine Antwort wurde nicht beachtet',
    ignoredMeans:
      'Sie gehörte zu einem anderen Versuch oder zu einer anderen Site. Haben Sie das nicht ausgelöst, schließen Sie diesen Tab.',
    help: 'Zeigt der Browser einen Fehler?',
    helpGone: '„Diese Seite ist nicht erreichbar“',
    helpGoneFix: 'Kopieren Sie die ganze Adresse aus der Adresszeile und fügen Sie sie oben ein.',
    helpRedirect: '„redirect uri … is not valid“',
    helpRedirectFix: 'Der Registrierung der Anwendung fehlt diese Zeile, oder sie lautet anders:',
    redirectLine: 'Redirect-Zeile',
    helpClient: '„unknown client“',
    helpClientFix:
      'Die Anwendungs-ID stimmt nicht, oder die Anwendung wurde gelöscht. Berichtigen Sie die ID unter „Bearbeiten…“.',
    helpScope: '„scope is invalid“',
    helpScopeFix: 'Die Administration muss für diese Anwendung {{names}} ankreuzen.',
    helpLoop: 'Die Anmeldeseite kommt immer wieder',
    helpLoopFix:
      'Der Browser bleibt nicht angemeldet. Erlauben Sie Cookies für {{host}}, oder öffnen Sie den kopierten Link in einem anderen Browser.',
    helpForbidden: '403',
    helpForbiddenFix: 'Die API ist ausgeschaltet, oder Ihr Konto darf sie nicht nutzen.',
    exchanging: 'Der Code wird bei {{host}} geprüft',
    newCode: 'Neuen Code holen',
    startAgain: 'Neu beginnen',
    clearField: 'Feld leeren',
    timeOver_one: 'Keine Antwort in {{count}} Minute',
    timeOver_other: 'Keine Antwort in {{count}} Minuten',
    timeOverMeans: 'Nichts wurde gespeichert.',
    done: '{{site}} ist verbunden',
    granted: 'Gewährte Berechtigungen',
    allGranted: 'Zugriff gewährt',
    saved: 'Gespeichert und zurückgelesen: {{store}}',
    kept: 'Bleibt bis zum Beenden',
    counting: 'Wird gezählt…',
    countedByHand: 'Gezählt wird nur, wenn Sie aktualisieren',
    endedTokens:
      'Früher kopiert und jetzt ungültig: {{tails}}. Kopieren Sie dorthin, wo sie benutzt werden, ein neues Token.',
    leftToChoose: 'Noch zu wählen: {{names}}',
    choose: 'Wählen…',
    later: 'Später',
    firstCounts: 'Erste Zahlen: {{assigned}} Ihnen zugewiesen, {{overdue}} überfällig',
    renews: 'Das Zugriffstoken gilt {{duration}} und erneuert sich von selbst.',
    unsaved: 'Verbunden, aber nicht gespeichert: {{store}}',
    unsavedMeans: 'Nach dem Beenden ist eine neue Anmeldung nötig.',
    saveAgain: 'Erneut speichern',
    copyToken: 'Token kopieren',
    finish: 'Fertig',
  },

  other: {
    title: 'Das ist {{now}}, nicht {{before}}',
    body: 'Sie haben sich als {{now}} angemeldet; {{site}} war als {{before}} verbunden.',
    keep: 'Bei {{before}} bleiben',
    keepMeans: 'Hier ändert sich nichts. Was {{now}} eben erlaubt hat, wird beendet.',
    use: 'Ab jetzt {{now}} verwenden',
    useMeans: 'Die Verbindung als {{before}} wird beendet, ihre Zahlen werden gelöscht.',
    add: 'Als weitere Site hinzufügen',
    addMeans:
      '{{before}} bleibt hier; {{now}} bekommt eine eigene Site und meldet sich noch einmal an.',
    siteName: '{{site}} ({{person}})',
    working: 'Warten auf {{host}}',
  },

  account: {
    title: 'Weiteres Konto hinzufügen',
    body: 'Die neue Site hat Adresse und Anwendung von {{site}} und ein eigenes Konto.',
    browser:
      'Ist Ihr Browser noch bei {{host}} angemeldet, melden Sie sich dort zuerst ab, oder öffnen Sie den Link in einem privaten Fenster. Sonst wird dasselbe Konto verbunden.',
    submit: 'Hinzufügen und verbinden',
  },

  secret: {
    title: 'Geheimnis ersetzen',
    body: 'Das Geheimnis der Anwendung, die bei {{host}} registriert ist. Danach melden Sie sich noch einmal an.',
    bodyRevoke:
      'Das Geheimnis der Anwendung, die bei {{host}} registriert ist. Danach wird die Verbindung widerrufen.',
    field: 'Neues Geheimnis',
    hint: 'Es ersetzt das gespeicherte ({{store}}) und wird nicht mehr gezeigt. Die Anwendungs-ID bleibt.',
    submit: 'Speichern und anmelden',
    submitRevoke: 'Speichern und widerrufen',
  },

  choose: {
    title: 'Wählen, was gezählt wird',
    loading: 'Auswahl wird von {{host}} geholt',
    filter: 'Filter: {{label}}',
    filterHint: 'Filter',
    all: 'Alle angezeigten',
    chosen: '{{chosen}} von {{all}} gewählt',
    cut: 'Der Server hat mehr, als hier gezeigt wird. Was fehlt, lässt sich nicht wählen.',
    empty: 'Es gibt nichts zu wählen. Legen Sie es zuerst auf dem Server an.',
    noMatch: 'Nichts passt zu „{{query}}“',
    calls: 'Je mehr gewählt ist, desto mehr Aufrufe braucht jedes Aktualisieren.',
    submit: 'Speichern und zählen',
    saving: 'Wird gespeichert',
  },
};
