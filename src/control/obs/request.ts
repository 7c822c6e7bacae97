import { z } from 'zod';
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

/** How a request sleeps. */
export type Sleep = {
  /** A batch that runs in real time counts milliseconds, one that runs by frames counts frames. */
  readonly unit: 'milliseconds' | 'frames';
  /** Resolves early, with false, when the connection ends. */
  readonly forMs: (durationMs: number) => Promise<boolean>;
};

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
  /** Within a serial batch requests may sleep. Null elsewhere. */
  readonly sleep: Sleep | null;
};

/** A request that is refused, with the status and comment that the client receives. */
export class RequestRefusal extends Error {
  readonly code: number;
  readonly comment: string | null;
  /** What else the client is told; null: nothing. */
  readonly responseData: Fields | null;

  constructor(code: number, comment: string | null = null, responseData: Fields | null = null) {
    super(comment ?? `request status ${code}`);
    this.name = 'RequestRefusal';
    this.code = code;
    this.comment = comment;
    this.responseData = responseData;
  }
}

/** One request as the registry holds it: what the documentation says of it, and how it is answered. */
export type RequestDefinition = {
  /** One sentence for people who read the protocol's documentation. */
  readonly summary: string;
  /** Of `requestData`. */
  readonly request: z.ZodObject;
  /** Of `responseData`, null when there is none. */
  readonly response: z.ZodObject | null;
  /** Who may ask. Whether a command may be given stands with the command. */
  readonly minimumRole: Role;
  /** Commands that it can give. */
  readonly gives: readonly CommandName[];
  /** Checks the data, then the role, then answers. Never rejects. */
  readonly answer: (data: unknown, context: RequestContext) => Promise<RequestResult>;
};

type Frozen<T> = T extends readonly (infer Element)[]
  ? readonly Frozen<Element>[]
  : T extends object
    ? { readonly [Key in keyof T]: Frozen<T[Key]> }
    : T;

type Answer<Response extends z.ZodObject | null> = Response extends z.ZodObject ? Frozen<z.input<Response>> : undefined;

/**
 * Describes one request.
 * `answer` gives the response data, nothing, or throws a `RequestRefusal` or a `GlasshallError`.
 */
export function defineRequest<Request extends z.ZodObject, Response extends z.ZodObject | null>(definition: {
  readonly summary: string;
  readonly request: Request;
  readonly response: Response;
  readonly minimumRole: Role;
  readonly answer: (data: z.output<Request>, context: RequestContext) => Answer<Response> | Promise<Answer<Response>>;
}): RequestDefinition {
  const { summary, request, response, minimumRole, answer } = definition;
  return {
    summary,
    request,
    response,
    minimumRole,
    gives: [],
    answer: (data, context) =>
      answering(data, async () => {
        const checked = check(request, data);
        if (!includesRole(context.person.role, minimumRole)) throw notAllowed(context.person.role, minimumRole);
        return answer(checked, context);
      }),
  };
}

/** A command with its data, as a request means it. */
export type GivenCommand = {
  [Name in CommandName]: { readonly command: Name; readonly data: CommandData<Name> };
}[CommandName];

/**
 * Describes a request that gives a command; who may give it stands with the command. The request may carry `ifRevision`,
 * the revision of the wall's state that the client saw. `commandOf` says what the request means, null when it asks for what
 * is so already; it may throw a `RequestRefusal`.
 */
export function defineCommandRequest<Request extends z.ZodObject>(definition: {
  readonly summary: string;
  readonly request: Request;
  readonly gives: readonly CommandName[];
  readonly commandOf: (data: z.output<Request>, context: RequestContext) => GivenCommand | null;
}): RequestDefinition {
  const { summary, request, gives, commandOf } = definition;
  return {
    summary,
    request: request.extend(ifRevisionField),
    response: null,
    minimumRole: 'viewer',
    gives,
    answer: (data, context) =>
      answering(data, async () => {
        const given = commandOf(check(request, data), context);
        const ifRevision = isFields(data) ? data['ifRevision'] : undefined;
        if (given === null) return undefined;
        await context.desk.give(given.command, given.data, callerOf(context), revisionOf(ifRevision));
        return undefined;
      }),
  };
}

/** With every command may come the `revision` that the client saw: when the wall has another by now, it is refused. */
const ifRevisionField = { ifRevision: z.int().optional() };

/** @throws RequestRefusal */
function check<Request extends z.ZodObject>(request: Request, data: unknown): z.output<Request> {
  const fields = withoutNulls(data);
  const checked = request.safeParse(fields);
  if (checked.success) return checked.data;
  const { code, comment } = refusalOf(checked.error.issues[0], fields);
  throw new RequestRefusal(code, comment);
}

async function answering(data: unknown, answer: () => Promise<Fields | undefined>): Promise<RequestResult> {
  try {
    const responseData = await answer();
    const success = { requestStatus: { result: true, code: requestStatus.success } } as const;
    return responseData === undefined ? success : { ...success, responseData };
  } catch (thrown) {
    // Whoever sent no data at all is told so, rather than which field is missing from it.
    const isDataMissing = thrown instanceof RequestRefusal && thrown.code === requestStatus.missingRequestField;
    return isDataMissing && !isFields(data)
      ? refusedResult(requestStatus.missingRequestData, 'Your request data is missing or invalid (non-object)')
      : failure(thrown);
  }
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
  if (thrown instanceof RequestRefusal) {
    const result = refusedResult(thrown.code, thrown.comment);
    return thrown.responseData === null ? result : { ...result, responseData: thrown.responseData };
  }
  if (thrown instanceof GlasshallError && thrown.code === 'not-allowed')
    return failure(notAllowed(String(thrown.parameters['role']), String(thrown.parameters['needed'])));
  if (thrown instanceof GlasshallError) return failure(refusalBy(thrown, null));
  return refusedResult(requestStatus.requestProcessingFailed, messageOf(thrown));
}

/** Our own error as a refusal. */
export function refusalBy({ code, message }: GlasshallError, responseData: Fields | null): RequestRefusal {
  return new RequestRefusal(statusOfCode(code), `${code}: ${message}`, responseData);
}

function notAllowed(role: string, needed: string): RequestRefusal {
  const comment = `Your role \`${role}\` may not do this, it takes \`${needed}\`.`;
  return new RequestRefusal(requestStatus.genericError, comment);
}

/** What cannot be done as things are now. */
const OUT_OF_STEP: ReadonlySet<string> = new Set([
  'conflict',
  'nothing-to-undo',
  'confirmation-needed',
  'layout-in-use',
  'tour-in-use',
  'configuration-changed',
  'configuration-invalid',
  'draft-changed',
]);
/** What cannot be meant. */
const BAD_FIELDS: ReadonlySet<string> = new Set([
  'bad-template',
  'text-too-long',
  'bad-command',
  'bad-layout',
  'bad-tour',
  'bad-schedule',
]);

function statusOfCode(code: string): number {
  if (code.startsWith('unknown-')) return requestStatus.resourceNotFound;
  if (code === 'studio-mode-off') return requestStatus.studioModeNotActive;
  if (OUT_OF_STEP.has(code)) return requestStatus.invalidResourceState;
  if (code === 'above-ceiling') return requestStatus.requestFieldOutOfRange;
  if (BAD_FIELDS.has(code)) return requestStatus.invalidRequestField;
  return requestStatus.requestProcessingFailed;
}

/** OBS takes a field that is null for one that is missing. */
function withoutNulls(data: unknown): Fields {
  if (!isFields(data)) return {};
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== null));
}
