import { describe, expect, test } from 'vitest';
import { asyncApiDocument } from '../../src/control/obs/documentation/asyncapi.js';
import { protocolPage } from '../../src/control/obs/documentation/page.js';
import { roleOfCommand } from '../../src/control/obs/documentation/roles.js';
import { obsEvents } from '../../src/control/obs/event-catalogue.js';
import { closeCode, opCode, requestStatus } from '../../src/control/obs/protocol.js';
import { definitionOfRequest, requestTypes } from '../../src/control/obs/registry.js';
import { vendorEvents, vendorRequests } from '../../src/control/vendor.js';

type Json = { readonly [key: string]: Json } & { readonly $ref?: string };

const document = asyncApiDocument() as Json;

/** What a pointer into the document points at (RFC 6901, as a fragment). */
function resolve(pointer: string): unknown {
  return pointer
    .slice(2)
    .split('/')
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], document);
}

function references(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) =>
    key === '$ref' && typeof part === 'string' ? [part] : references(part),
  );
}

describe('the AsyncAPI document', () => {
  const messages = document['components']?.['messages'] ?? {};
  const operations = document['operations'] ?? {};

  test('points only at what is there', () => {
    const pointers = references(document);
    expect(pointers.length).toBeGreaterThan(500);
    expect(pointers.filter((pointer) => resolve(pointer) === undefined)).toEqual([]);
  });

  test('has an operation with its answer for every request, and a message for every event', () => {
    const vendor = Object.keys(vendorRequests).map((name) => `glasshall.${name}`);
    for (const name of [...requestTypes, ...vendor]) {
      expect(messages, name).toHaveProperty([name]);
      expect(messages, name).toHaveProperty([`${name}.response`]);
      expect(operations[name], name).toMatchObject({ action: 'receive', 'x-role': expect.any(String) as string });
    }
    const events = [...Object.keys(obsEvents), ...Object.keys(vendorEvents).map((name) => `glasshall.${name}`)];
    for (const name of events) expect(messages, name).toHaveProperty([`event.${name}`]);
  });

  test('uses keys that AsyncAPI 3.0 allows', () => {
    for (const name of [...Object.keys(messages), ...Object.keys(operations)]) expect(name).toMatch(/^[\w\d.\-_]+$/);
  });

  test('says what a message is made of', () => {
    expect(messages['SetCurrentProgramScene']?.['payload']).toMatchObject({
      properties: {
        op: { const: opCode.request },
        d: {
          properties: {
            requestType: { const: 'SetCurrentProgramScene' },
            requestData: {
              properties: { sceneName: { type: 'string', minLength: 1 }, ifRevision: { type: 'integer' } },
            },
          },
        },
      },
    });
    expect(messages['event.InputActiveStateChanged']?.['payload']).toMatchObject({
      properties: { d: { properties: { eventIntent: { const: 131_072 } } } },
    });
  });
});

describe('the page', () => {
  const page = protocolPage();

  test('names every request, event and code', () => {
    const names = [
      ...requestTypes,
      ...Object.keys(vendorRequests),
      ...Object.keys(obsEvents),
      ...Object.keys(vendorEvents),
    ];
    for (const name of names) expect(page).toContain(`- **\`${name}\`**`);
    for (const code of [...Object.values(closeCode), ...Object.values(requestStatus)]) {
      expect(page).toContain(`| ${code} |`);
    }
  });

  test('says everything in sentences', () => {
    for (const name of requestTypes) expect(definitionOfRequest(name).summary, name).toMatch(/^[A-Z].*\.$/);
    for (const [name, { summary }] of Object.entries(obsEvents)) expect(summary, name).toMatch(/^[A-Z].*\.$/);
  });
});

test('roles are those that the commands ask for', () => {
  expect(roleOfCommand('set-blackout')).toBe('guard when `on` is true, operator otherwise');
  expect(roleOfCommand('set-cell-enabled')).toBe('operator when `enabled` is true, guard otherwise');
  expect(roleOfCommand('take')).toBe('operator');
  expect(roleOfCommand('reload-configuration')).toBe('admin');
});
