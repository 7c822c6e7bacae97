/** Art-Net 4 (Artistic Licence): universes of RGB pixels over UDP to nodes (Advatek, Falcon, FPP, WLED, ESPixelStick …). */
import type { OutputModule } from '../../output-module.js';
import { discoverArtnet } from './discovery.js';
import { ArtnetDriver } from './driver.js';
import { artnetOptions, type ArtnetOptions } from './options.js';

export const artnet: OutputModule<ArtnetOptions> = {
  options: artnetOptions,
  create: (options, context) => new ArtnetDriver(options, context),
  discover: discoverArtnet,
};
