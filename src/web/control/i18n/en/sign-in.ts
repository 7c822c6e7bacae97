import type { Texts } from '../zh-cn/index.js';

export const signIn: Texts['signIn'] = {
  heading: 'Sign in',
  explanation: 'Enter the token that your administrator gave you.',
  token: 'Operator token',
  submit: 'Sign in',
  lockedOut: 'Too many wrong tokens: sign-in is locked for a moment.',
  again: (duration) => `Try again in ${duration}`,
  refused: 'This token is not valid. Please check it and try again.',
};
