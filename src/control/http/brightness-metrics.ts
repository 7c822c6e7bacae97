import { Gauge, type Registry } from 'prom-client';
import type { WallEngine } from '../engine.js';
import { gauge } from './metric.js';

/** How bright the wall is, how bright it may be, and the light around it. */
export function addBrightness(registers: Registry[], engine: WallEngine): void {
  gauge(
    'glasshall_brightness_percent',
    'What the wall is lit with, of full light',
    registers,
    () => engine.brightness().percent,
  );
  gauge(
    'glasshall_brightness_ceiling_percent',
    'What the law allows now, of full light',
    registers,
    () => engine.brightness().ceiling.ceilingPercent,
  );
  new Gauge({
    name: 'glasshall_lux',
    help: 'The light that falls on the place; absent while no reading of it can be believed',
    labelNames: [],
    registers,
    collect() {
      const { light, isLightStale } = engine.brightness();
      this.reset();
      if (light === null || isLightStale) this.remove();
      else this.set(light.lux);
    },
  });
}
