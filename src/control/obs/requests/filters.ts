import { z } from 'zod';
import { nameField, requireSource, sourceFields } from '../lookups.js';
import { requestStatus } from '../protocol.js';
import { RequestRefusal, defineRequest, type RequestContext, type RequestDefinition } from '../request.js';

type Named = {
  readonly filterName: string;
  readonly sourceName?: string | undefined;
  readonly sourceUuid?: string | undefined;
};

const filterFields = { ...sourceFields, filterName: nameField };

function noFilter(data: Named, context: RequestContext): never {
  const { name } = requireSource(data, context);
  const comment = `No filter was found in the source \`${name}\` with the name \`${data.filterName}\`.`;
  throw new RequestRefusal(requestStatus.resourceNotFound, comment);
}

/** "Filters Requests": there are none, and clients that look for them are told so. */
export const filterRequests: Readonly<Record<string, RequestDefinition>> = {
  GetSourceFilterKindList: defineRequest({
    summary: 'Gives an empty list: there are no filters.',
    request: z.object({}),
    response: z.object({ sourceFilterKinds: z.array(z.string()) }),
    minimumRole: 'viewer',
    answer: () => ({ sourceFilterKinds: [] }),
  }),

  GetSourceFilterList: defineRequest({
    summary: 'Gives an empty list for a scene or input.',
    request: z.object(sourceFields),
    response: z.object({ filters: z.array(z.object({})) }),
    minimumRole: 'viewer',
    answer: (data, context) => {
      requireSource(data, context);
      return { filters: [] };
    },
  }),

  GetSourceFilter: defineRequest({
    summary: 'Is refused: no source has a filter.',
    request: z.object(filterFields),
    response: null,
    minimumRole: 'viewer',
    answer: noFilter,
  }),

  SetSourceFilterEnabled: defineRequest({
    summary: 'Is refused: no source has a filter.',
    request: z.object({ ...filterFields, filterEnabled: z.boolean() }),
    response: null,
    minimumRole: 'operator',
    answer: noFilter,
  }),
};
