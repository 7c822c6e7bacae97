import { VENDOR_NAME } from '../../vendor.js';
import { OBS_WEBSOCKET_VERSION, RPC_VERSION, closeCode, executionType, opCode, requestStatus } from '../protocol.js';
import {
  describedEvents,
  describedRequests,
  describedVendorEvents,
  describedVendorRequests,
  type DescribedEvent,
  type DescribedRequest,
  type JsonSchema,
} from './interface.js';
import { closeCodeWords, requestStatusWords } from './words.js';

type Message = { readonly name: string; readonly summary: string; readonly payload: JsonSchema };
type Reference = { readonly $ref: string };

const CHANNEL = 'control';
const text: JsonSchema = { type: 'string' };
const anything: JsonSchema = {};

function object(properties: Readonly<Record<string, JsonSchema>>, optional: readonly string[] = []): JsonSchema {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: 'object', properties, ...(required.length === 0 ? {} : { required }) };
}

/** A whole message: op code and data. */
function payload(op: number, data: JsonSchema): JsonSchema {
  return object({ op: { const: op }, d: data });
}

function message(name: string, summary: string, op: number, data: JsonSchema): [string, Message] {
  return [name, { name, summary, payload: payload(op, data) }];
}

const status = object({ result: { type: 'boolean' }, code: { enum: Object.values(requestStatus) }, comment: text }, [
  'comment',
]);

function needsData({ request }: DescribedRequest): boolean {
  return (request.required ?? []).length > 0;
}

function requestMessages(request: DescribedRequest): [string, Message][] {
  const { name, summary, response } = request;
  const requestType = { const: name };
  const asked = { requestType, requestId: text, requestData: request.request };
  const answered = { requestType, requestId: text, requestStatus: status, responseData: response ?? anything };
  return [
    message(name, summary, opCode.request, object(asked, needsData(request) ? [] : ['requestData'])),
    message(`${name}.response`, `Answers \`${name}\`.`, opCode.requestResponse, object(answered, ['responseData'])),
  ];
}

function vendorRequestMessages({ name, summary, request, response }: DescribedRequest): [string, Message][] {
  const vendor = { vendorName: { const: VENDOR_NAME }, requestType: { const: name } };
  const requestType = { const: 'CallVendorRequest' };
  const asked = { requestType, requestId: text, requestData: object({ ...vendor, requestData: request }) };
  const responseData = object({ ...vendor, responseData: response ?? anything });
  const answered = { requestType, requestId: text, requestStatus: status, responseData };
  const full = `${VENDOR_NAME}.${name}`;
  return [
    message(full, summary, opCode.request, object(asked)),
    message(`${full}.response`, `Answers \`${name}\`.`, opCode.requestResponse, object(answered, ['responseData'])),
  ];
}

function eventMessage({ name, summary, intent, data }: DescribedEvent): [string, Message] {
  const eventType = { const: name };
  const fields = { eventType, eventIntent: { const: intent }, ...(data === null ? {} : { eventData: data }) };
  return message(`event.${name}`, summary, opCode.event, object(fields));
}

function vendorEventMessage({ name, summary, intent, data }: DescribedEvent): [string, Message] {
  const eventData = object({
    vendorName: { const: VENDOR_NAME },
    eventType: { const: name },
    eventData: data ?? anything,
  });
  const fields = { eventType: { const: 'VendorEvent' }, eventIntent: { const: intent }, eventData };
  return message(`event.${VENDOR_NAME}.${name}`, summary, opCode.event, object(fields));
}

const unsigned: JsonSchema = { type: 'integer' };
const batchRequest = object(
  { requestType: text, requestId: text, requestData: anything, inputVariables: anything, outputVariables: anything },
  ['requestId', 'requestData', 'inputVariables', 'outputVariables'],
);

const sessionMessages: readonly [string, Message][] = [
  message(
    'Hello',
    'Comes first; without `authentication` nobody has to say who they are.',
    opCode.hello,
    object(
      {
        obsWebSocketVersion: text,
        rpcVersion: unsigned,
        authentication: object({ challenge: text, salt: text }),
      },
      ['authentication'],
    ),
  ),
  message(
    'Identify',
    'Answers the challenge: base64(sha256(base64(sha256(token + salt)) + challenge)).',
    opCode.identify,
    object({ rpcVersion: { const: RPC_VERSION }, authentication: text, eventSubscriptions: unsigned }, [
      'authentication',
      'eventSubscriptions',
    ]),
  ),
  message(
    'Identified',
    'Everything may be asked from here on.',
    opCode.identified,
    object({ negotiatedRpcVersion: unsigned }),
  ),
  message(
    'Reidentify',
    'Chooses other events.',
    opCode.reidentify,
    object({ eventSubscriptions: unsigned }, ['eventSubscriptions']),
  ),
  message(
    'RequestBatch',
    'Several requests at once: 0 one after another, 1 one after another by frames of the wall, 2 side by side.',
    opCode.requestBatch,
    object(
      {
        requestId: text,
        executionType: { enum: Object.values(executionType) },
        haltOnFailure: { type: 'boolean' },
        variables: anything,
        requests: { type: 'array', items: batchRequest },
      },
      ['executionType', 'haltOnFailure', 'variables'],
    ),
  ),
  message(
    'RequestBatch.response',
    'Answers a batch, in its order.',
    opCode.requestBatchResponse,
    object({
      requestId: text,
      results: {
        type: 'array',
        items: object({ requestType: text, requestId: text, requestStatus: status, responseData: anything }, [
          'requestId',
          'responseData',
        ]),
      },
    }),
  ),
];

const channelReference: Reference = { $ref: `#/channels/${CHANNEL}` };

function messageReference(name: string): Reference {
  return { $ref: `#/channels/${CHANNEL}/messages/${name}` };
}

function asking(name: string, summary: string, answer: string, role: string | null = null): [string, object] {
  const operation = {
    action: 'receive',
    channel: channelReference,
    summary,
    messages: [messageReference(name)],
    reply: { channel: channelReference, messages: [messageReference(answer)] },
    ...(role === null ? {} : { 'x-role': role }),
  };
  return [name, operation];
}

function numbered(codes: Readonly<Record<string, number>>, words: Readonly<Record<string, string>>): object {
  return Object.fromEntries(Object.entries(codes).map(([name, code]) => [code, `${name}: ${words[name] ?? ''}`]));
}

/** The protocol as an AsyncAPI 3 document, as the server sees it: it receives requests, and sends events. */
export function asyncApiDocument(): object {
  const requests = describedRequests().flatMap((group) => group.requests);
  const vendorRequests = describedVendorRequests();
  const events = [...describedEvents().map(eventMessage), ...describedVendorEvents().map(vendorEventMessage)];
  const messages = new Map([
    ...sessionMessages,
    ...requests.flatMap(requestMessages),
    ...vendorRequests.flatMap(vendorRequestMessages),
    ...events,
  ]);
  const operations = [
    asking('Identify', 'Says who the client is.', 'Identified'),
    asking('Reidentify', 'Chooses other events.', 'Identified'),
    asking('RequestBatch', 'Asks several things at once.', 'RequestBatch.response'),
    ...requests.map(({ name, summary, role }) => asking(name, summary, `${name}.response`, role)),
    ...vendorRequests.map(({ name, summary, role }) => {
      const full = `${VENDOR_NAME}.${name}`;
      return asking(full, summary, `${full}.response`, role);
    }),
  ];
  const said = ['Hello', ...events.map(([name]) => name)];
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'glasshall control protocol',
      version: OBS_WEBSOCKET_VERSION,
      description:
        'obs-websocket v5: a scene is a layout, an input is a camera, the ticker or the clock. What OBS does not know ' +
        `goes through vendor \`${VENDOR_NAME}\`. Sub-protocols \`obswebsocket.json\` and \`obswebsocket.msgpack\`.`,
      'x-close-codes': numbered(closeCode, closeCodeWords),
      'x-request-statuses': numbered(requestStatus, requestStatusWords),
    },
    defaultContentType: 'application/json',
    servers: {
      obs: { host: '127.0.0.1:4455', protocol: 'ws', description: 'The port that clients of OBS expect.' },
      pages: { host: '127.0.0.1:8080', pathname: '/obs', protocol: 'ws', description: 'The same beside the pages.' },
    },
    channels: {
      [CHANNEL]: {
        address: '/',
        description: 'One WebSocket.',
        messages: Object.fromEntries(
          [...messages.keys()].map((name) => [name, { $ref: `#/components/messages/${name}` }]),
        ),
      },
    },
    operations: {
      ...Object.fromEntries(operations),
      events: {
        action: 'send',
        channel: channelReference,
        summary: 'Tells what happened to whoever subscribed to it.',
        messages: said.map(messageReference),
      },
    },
    components: { messages: Object.fromEntries(messages) },
  };
}
