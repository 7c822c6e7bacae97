import type { z } from 'zod';
import { GlasshallError, messageOf } from '../../core/errors.js';
import { includesRole, type Person } from '../access/people.js';
import type { CommandDesk } from '../commands/desk.js';
import type { Caller } from '../commands/command.js';
import type { CommandData, CommandName } from '../commands/registry.js';
import type { WallEngine } from '../engine.js';
import type { Role } from '../options.js';
import type { Snapshots } from '../snapshots.js';
import type { Catalogue } from './catalogue.js';
import { isFields, requestStatus, type Fields, type ObsEvent, type RequestResult } from './protocol.js';
import { refusalOf } from './refusal.js';

/** What a handler may use. */
export type RequestContext = {
  readonly engine: WallEngine;
  readonly catalogue: Catalogue;
  readonly snapshots: Snapshots;
  readonly desk: CommandDesk;
  /** Who asks. */
  readonly person: Person;
  /** The address of the connection. */
  readonly from: string | null;
  readonly session: { readonly incomingMessages: number; readonly outgoingMessages: number };
  /** Names of all requests, for `GetVersion`. */
  readonly requestTypes: readonly string[];
  /** Sends an event to every client that subscribed to its category. */
  readonly broadcast: (event: ObsEvent) => void;
  /** Within a batch requests may sleep; resolves early, with false, when the connection ends. Null outside of batches. */
  readonly sleep: ((milliseconds: number) => Promise<boolean>) | null;
};

/** A request that is refused, with the status and comment that the client receives. */
export class RequestRefusal extends Error {
  readonly code: number;
  readonly comment: string | null;

  constructor(code: number, comment: string | null = null) {
    super(comment ?? `request status ${code}`);
    this.name = 'RequestRefusal';
    this.code = code;
    this.comment = comment;
  }
}

/** One request as the registry holds it: checks the data, then the role, then answers. */
export type RequestDefinition = (data: unknown, context: RequestContext) => Promise<RequestResult>;

type Answer = Fields | undefined;

/**
 * Describes one request.
 * @param minimumRole who may ask; a function where that depends on what is asked
 * @param answer gives the response data, nothing, or throws a `RequestRefusal` or a `GlasshallError`
 */
export function defineRequest<Schema extends z.ZodObject>(
  schema: Schema,
  minimumRole: Role | ((data: z.output<Schema>) => Role),
  answer: (data: z.output<Schema>, context: RequestContext) => Answer | Promise<Answer>,
): RequestDefinition {
  return async (data, context) => {
    try {
      const checked = schema.safeParse(withoutNulls(data));
      if (!checked.success) {
        const { code, comment } = refusalOf(checked.error.issues[0], withoutNulls(data));
        throw new RequestRefusal(code, comment);
      }
      const needed = typeof minimumRole === 'function' ? minimumRole(checked.data) : minimumRole;
      if (!includesRole(context.person.role, needed)) throw notAllowed(context.person.role, needed);
      const responseData = await answer(checked.data, context);
      const success = { requestStatus: { result: true, code: requestStatus.success } } as const;
      return responseData === undefined ? success : { ...success, responseData };
    } catch (thrown) {
      // Whoever sent no data at all is told so, rather than which field is missing from it.
      const isDataMissing = thrown instanceof RequestRefusal && thrown.code === requestStatus.missingRequestField;
      return isDataMissing && !isFields(data)
        ? refusedResult(requestStatus.missingRequestData, 'Your request data is missing or invalid (non-object)')
        : failure(thrown);
    }
  };
}

/** A command with its data, as a request means it. */
export type GivenCommand = {
  [Name in CommandName]: { readonly command: Name; readonly data: CommandData<Name> };
}[CommandName];

/**
 * Describes a request that gives a command; who may give it stands with the command. The request may carry `ifRevision`,
 * the revision of the wall's state that the client saw.
 * @param commandOf what the request means, null when it asks for what is so already; may throw a `RequestRefusal`
 */
export function defineCommandRequest<Schema extends z.ZodObject>(
  schema: Schema,
  commandOf: (data: z.output<Schema>, context: RequestContext) => GivenCommand | null,
): RequestDefinition {
  return (data, context) => {
    const ifRevision = isFields(data) ? data['ifRevision'] : undefined;
    const definition = defineRequest(schema, 'viewer', async (checked, { desk }) => {
      const given = commandOf(checked, context);
      if (given !== null) await desk.give(given.command, given.data, callerOf(context), revisionOf(ifRevision));
      return undefined;
    });
    return definition(data, context);
  };
}

/** Who gives a command through obs-websocket. */
export function callerOf({ person, from }: RequestContext): Caller {
  return { person, via: 'obs', from };
}

/** @throws RequestRefusal when it is not a revision */
export function revisionOf(ifRevision: unknown): number | undefined {
  if (ifRevision === undefined || ifRevision === null) return undefined;
  if (typeof ifRevision === 'number' && Number.isInteger(ifRevision)) return ifRevision;
  const comment = 'The field value of `ifRevision` must be a number.';
  throw new RequestRefusal(requestStatus.invalidRequestFieldType, comment);
}

/** A result that says no. */
export function refusedResult(code: number, comment: string | null): RequestResult {
  return { requestStatus: comment === null ? { result: false, code } : { result: false, code, comment } };
}

function failure(thrown: unknown): RequestResult {
  if (thrown instanceof RequestRefusal) return refusedResult(thrown.code, thrown.comment);
  if (thrown instanceof GlasshallError && thrown.code === 'not-allowed')
    return failure(notAllowed(String(thrown.parameters['role']), String(thrown.parameters['needed'])));
  if (thrown instanceof GlasshallError)
    return refusedResult(statusOfCode(thrown.code), `${thrown.code}: ${thrown.message}`);
  return refusedResult(requestStatus.requestProcessingFailed, messageOf(thrown));
}

function notAllowed(role: string, needed: string): RequestRefusal {
  const comment = `Your role \`${role}\` may not do this, it takes \`${needed}\`.`;
  return new RequestRefusal(requestStatus.genericError, comment);
}

function statusOfCode(code: string): number {
  if (code.startsWith('unknown-')) return requestStatus.resourceNotFound;
  if (code === 'studio-mode-off') return requestStatus.studioModeNotActive;
  if (code === 'conflict' || code === 'nothing-to-undo') return requestStatus.invalidResourceState;
  if (code === 'above-ceiling') return requestStatus.requestFieldOutOfRange;
  if (code === 'bad-template' || code === 'text-too-long' || code === 'bad-command')
    return requestStatus.invalidRequestField;
  return requestStatus.requestProcessingFailed;
}

/** OBS takes a field that is null for one that is missing. */
function withoutNulls(data: unknown): Fields {
  if (!isFields(data)) return {};
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== null));
}
