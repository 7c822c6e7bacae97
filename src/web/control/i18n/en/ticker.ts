import type { Texts } from '../zh-cn/index.js';

export const ticker: Texts['ticker'] = {
  heading: 'Ticker',
  text: 'Ticker text',
  preview: 'On the wall',
  fields: 'Counts to insert',
  insert: (field) => `Insert ${field}`,
  noFields: 'No count sources.',
  apply: 'Apply',
  revert: 'Revert',
  applied: 'Applied',
  unchanged: 'same as on the wall',
  changed: 'not applied yet',
  changedElsewhere: 'Somebody else changed the ticker.',
  length: (used, limit) => `${used}/${limit}`,
  unknownField: (field) => `There is no count “${field}”; it will show as “—”`,
  mistake: (words, position) => (position === null ? words : `At character ${position + 1}: ${words}`),
  mistakes: {
    'unclosed-brace': 'a brace that is not closed (write {{ for a plain one)',
    'stray-brace': 'a closing brace without an opening one (write }} for a plain one)',
    'empty-field': 'braces with nothing in them',
    'bad-field': 'a count is written {source.field}',
    'text-too-long': 'the text is too long',
  },
  empty: '(empty)',
  failed: 'The ticker was not applied',
};
