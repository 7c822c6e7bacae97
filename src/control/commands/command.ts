import type { z } from 'zod';
import type { Way } from '../../switcher/actor.js';
import type { Order } from '../../switcher/switcher.js';
import type { Person } from '../access/people.js';
import type { WallEngine } from '../engine.js';
import type { Role } from '../options.js';

/** Who gives a command, and by which way it came. */
export type Caller = {
  readonly person: Person;
  readonly via: Way;
  /** The address it came from, null for what comes from inside. */
  readonly from: string | null;
};

/** What a command may use. */
export type CommandContext = { readonly engine: WallEngine; readonly order: Order };

/** One command: the same for every protocol. */
export type CommandDefinition<Schema extends z.ZodObject = z.ZodObject> = {
  /** One sentence for people who read the interface's documentation. */
  readonly summary: string;
  /** Of its data; a plain object, refused with fields that it does not know. */
  readonly schema: Schema;
  /** Who may give it, which can depend on the data: hiding is a guard's, showing again is not. */
  readonly minimumRole: (data: z.output<Schema>) => Role;
  /** Whether it only says again what was told of already, so that it is not told of again; asked before it is carried out. */
  readonly isRepetition?: (data: z.output<Schema>, context: CommandContext) => boolean;
  /** Carries it out. @throws GlasshallError with a stable code */
  readonly run: (data: z.output<Schema>, context: CommandContext) => Promise<void>;
};

/** Lets the compiler tie role and deed to the schema. */
export function defineCommand<Schema extends z.ZodObject>(
  definition: CommandDefinition<Schema>,
): CommandDefinition<Schema> {
  return definition;
}
