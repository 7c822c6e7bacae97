import type { Texts } from '../zh-cn/index.js';

export const header: Texts['header'] = {
  rehearsal: 'Rehearsal',
  rehearsalHint: 'Cameras, queue system and screen are simulated',
  signOut: 'Sign out',
  menu: 'Settings',
  theme: 'Colours',
  themes: { system: 'System', dark: 'Dark', light: 'Light' },
  roles: { viewer: 'viewer', guard: 'privacy guard', operator: 'operator', admin: 'administrator' },
  openScreen: 'Simulated screen',
};
