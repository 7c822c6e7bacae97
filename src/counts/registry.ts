import type { CountSource, CountSourceContext } from './count-source.js';
import type { CountOptions } from './options.js';
import { createHttpSource } from './sources/http/index.js';
import { createPushSource } from './sources/push/index.js';

/** The name of a kind of source. */
export type CountType = CountOptions['type'];

type Factory<Type extends CountType> = (
  options: Extract<CountOptions, { readonly type: Type }>,
  context: CountSourceContext,
) => CountSource;

/** Every kind of source that there is. A new one is a folder, its options, and its lines here. */
export const countSources: { readonly [Type in CountType]: Factory<Type> } = {
  http: createHttpSource,
  push: createPushSource,
};

/** Makes the source for a configuration. */
export function createCountSource(options: CountOptions, context: CountSourceContext): CountSource {
  switch (options.type) {
    case 'http':
      return countSources.http(options, context);
    case 'push':
      return countSources.push(options, context);
  }
}
