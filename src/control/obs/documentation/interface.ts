/**
 * What the protocol is, gathered from the registries and schemas that the server itself runs on. `asyncapi.ts` writes it for
 * programs, `page.ts` for people.
 */
import { z } from 'zod';
import { definitionOf } from '../../commands/registry.js';
import {
  vendorCommands,
  vendorEvents,
  vendorRequests,
  type VendorEventName,
  type VendorRequestName,
} from '../../vendor.js';
import { intentOf, obsEvents, type ObsEventName } from '../event-catalogue.js';
import { requestGroups } from '../registry.js';
import { roleOfRequest, roleOfVendorRequest } from './roles.js';
import { vendorEventWords, vendorRequestWords } from './words.js';

/** A schema as JSON Schema draft 7, which is what AsyncAPI's own schemas are based on. */
export type JsonSchema = {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
};

export type DescribedRequest = {
  readonly name: string;
  readonly summary: string;
  /** Who may send it, in words. */
  readonly role: string;
  readonly request: JsonSchema;
  /** Null when success is all there is to say. */
  readonly response: JsonSchema | null;
};

export type DescribedEvent = {
  readonly name: string;
  readonly summary: string;
  readonly intent: number;
  readonly category: string;
  /** Null when there are none. */
  readonly data: JsonSchema | null;
};

function jsonSchema(schema: z.ZodType): JsonSchema {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    io: 'input',
    target: 'draft-7',
    override: ({ jsonSchema: part }) => {
      // That a whole number is one that JavaScript can hold goes without saying.
      if (part.minimum === Number.MIN_SAFE_INTEGER) delete part.minimum;
      if (part.maximum === Number.MAX_SAFE_INTEGER) delete part.maximum;
    },
  });
  return rest as JsonSchema;
}

/** Requests of obs-websocket by what they are about. */
export function describedRequests(): readonly {
  readonly group: string;
  readonly requests: readonly DescribedRequest[];
}[] {
  return Object.entries(requestGroups).map(([group, definitions]) => ({
    group,
    requests: Object.entries(definitions).map(([name, definition]) => ({
      name,
      summary: definition.summary,
      role: roleOfRequest(definition),
      request: jsonSchema(definition.request),
      response: definition.response === null ? null : jsonSchema(definition.response),
    })),
  }));
}

/** What `CallVendorRequest` takes and gives, by vendor request. */
export function describedVendorRequests(): readonly DescribedRequest[] {
  return (Object.keys(vendorRequests) as readonly VendorRequestName[]).map((name) => ({
    name,
    summary: summaryOf(name),
    role: roleOfVendorRequest(name),
    request: jsonSchema(vendorRequests[name].request),
    response: jsonSchema(vendorRequests[name].response),
  }));
}

function summaryOf(name: VendorRequestName): string {
  return name in vendorCommands
    ? definitionOf(vendorCommands[name as keyof typeof vendorCommands]).summary
    : vendorRequestWords[name as keyof typeof vendorRequestWords];
}

/** Events of obs-websocket. */
export function describedEvents(): readonly DescribedEvent[] {
  return (Object.keys(obsEvents) as readonly ObsEventName[]).map((name) => {
    const { summary, category, data } = obsEvents[name];
    return { name, summary, category, intent: intentOf(name), data: data === null ? null : jsonSchema(data) };
  });
}

/** What `VendorEvent` brings, by vendor event. */
export function describedVendorEvents(): readonly DescribedEvent[] {
  return (Object.keys(vendorEvents) as readonly VendorEventName[]).map((name) => ({
    name,
    summary: vendorEventWords[name],
    category: 'vendors',
    intent: intentOf('VendorEvent'),
    data: jsonSchema(vendorEvents[name]),
  }));
}
