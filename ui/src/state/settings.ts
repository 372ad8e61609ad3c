import type { Settings } from '../bridge/types';

/** What holds before anybody chose: `Settings::default` of the core. */
export const asShipped: Settings = {
  language: 'system',
  theme: 'system',
  rows: 'auto',
  refreshMinutes: 5,
  clearSeconds: 45,
  tray: 'count',
  closeToTray: true,
  launchAtLogin: false,
  notify: false,
  proxy: 'system',
  secrets: 'keychain',
};
