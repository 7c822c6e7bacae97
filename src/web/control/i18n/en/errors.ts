import type { Texts } from '../zh-cn/index.js';

export const errors: Texts['errors'] = {
  codes: {
    'connection-lost': 'the connection is lost',
    'no-answer': 'no answer; the result is not known, look at the program picture',
    'bad-answer': 'the answer makes no sense',
    'unknown-layout': 'no such layout',
    'unknown-cell': 'no such cell',
    'unknown-source': 'no such source',
    'studio-mode-off': 'preview is off',
    'bad-template': 'the text has a mistake in its braces',
    'above-ceiling': 'brighter than the law allows now',
    'text-too-long': 'the text is too long',
    'ptz-failed': 'the camera did not do it',
    'no-ptz': 'this camera cannot be turned',
    'unknown-camera': 'there is no such camera',
    busy: 'too much was asked for at once',
    'not-allowed': 'your role does not allow it',
    forbidden: 'your role does not allow it',
    'status-204': 'the service does not know this operation',
    'status-207': 'the service is not ready',
    'status-506': 'preview is off',
    'status-600': 'no such thing',
  },
  unknown: (code) => `error code ${code}`,
};
