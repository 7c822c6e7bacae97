import { z } from 'zod';
import { coexOptions } from './drivers/coex/options.js';
import { colorlightOptions } from './drivers/colorlight/options.js';
import { novastarOptions } from './drivers/novastar/options.js';

export type { RepairOptions } from './common-options.js';

/** One controller: the driver is chosen by `type`. */
export const controllerOptions = z.discriminatedUnion('type', [novastarOptions, coexOptions, colorlightOptions]);

/** A controller, with defaults filled in. */
export type ControllerOptions = z.output<typeof controllerOptions>;
/** The name of a driver. */
export type ControllerType = ControllerOptions['type'];
/** The options of one driver, in the form in which the compiler sees that they belong to its type. */
export type ControllerOptionsOf<Type extends ControllerType = ControllerType> = {
  [Each in Type]: Extract<ControllerOptions, { readonly type: Each }> & { readonly type: Each };
}[Type];

/** Where a controller is, as people write addresses, such as `novastar://192.168.10.70:5200`. */
export function controllerAddress({ type, host, port }: ControllerOptions): string {
  return `${type}://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
