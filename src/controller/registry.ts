import type { ControllerDriver } from './controller-driver.js';
import type { ControllerModule } from './controller-module.js';
import { coex } from './drivers/coex/index.js';
import { colorlight } from './drivers/colorlight/index.js';
import { novastar } from './drivers/novastar/index.js';
import type { ControllerOptionsOf, ControllerType } from './options.js';

/** Every driver by its type: a type that is in the options and not here does not compile. */
export const controllerModules: {
  readonly [Type in ControllerType]: ControllerModule<ControllerOptionsOf<Type>>;
} = { novastar, coex, colorlight };

/** Makes the driver of one configured controller. */
export function createController<Type extends ControllerType>(options: ControllerOptionsOf<Type>): ControllerDriver {
  const module: ControllerModule<ControllerOptionsOf<Type>> = controllerModules[options.type];
  return module.create(options);
}
