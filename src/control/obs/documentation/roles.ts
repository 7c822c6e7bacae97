import type { z } from 'zod';
import { definitionOf, type CommandName } from '../../commands/registry.js';
import type { VendorRequestName } from '../../vendor.js';
import { vendorCommands } from '../../vendor.js';
import type { RequestDefinition } from '../request.js';

/** Fields of a command that are yes or no: on them it can depend who may give it. */
function booleanFields(schema: z.ZodObject): readonly string[] {
  const fields: Readonly<Record<string, z.ZodType>> = schema.shape;
  return Object.entries(fields).flatMap(([field, type]) => (type.safeParse(true).success ? [field] : []));
}

/** Who may give a command, in words; asked of the command itself. */
export function roleOfCommand(name: CommandName): string {
  const { schema, minimumRole } = definitionOf(name);
  for (const field of booleanFields(schema)) {
    const [on, off] = [minimumRole({ [field]: true }), minimumRole({ [field]: false })];
    if (on !== off) return `${on} when \`${field}\` is true, ${off} otherwise`;
  }
  return minimumRole({});
}

/** Who may send a request, in words. */
export function roleOfRequest({ gives, minimumRole }: RequestDefinition): string {
  const roles = [...new Set(gives.map(roleOfCommand))];
  if (roles.length === 0) return minimumRole;
  return roles.length === 1 ? (roles[0] ?? minimumRole) : 'depends on the command that it gives';
}

/** Who may send a vendor request, in words. */
export function roleOfVendorRequest(name: VendorRequestName): string {
  if (name === 'ReloadConfiguration') return roleOfCommand('reload-configuration');
  return isCommand(name) ? roleOfCommand(vendorCommands[name]) : 'viewer';
}

function isCommand(name: VendorRequestName): name is keyof typeof vendorCommands {
  return Object.hasOwn(vendorCommands, name);
}
