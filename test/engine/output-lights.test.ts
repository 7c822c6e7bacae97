import { describe, expect, it } from 'vitest';
import { NOTHING_KNOWN } from '../../src/controller/controller-driver.js';
import type { ControllerStatus } from '../../src/controller/controller-status.js';
import { outputLights, pixelSharesOf } from '../../src/engine/output-lights.js';
import { outputOptions } from '../../src/output/options.js';

const outputs = [
  outputOptions.parse({ id: 'screen', type: 'ddp', host: '192.0.2.1' }),
  outputOptions.parse({ id: 'door', type: 'ddp', host: '192.0.2.2' }),
  outputOptions.parse({ id: 'record', type: 'recorder', directory: '/tmp/recordings' }),
];
const lighted = { outputs, dimmedByController: ['screen'], silentWhenDark: ['door'] };

function controller(
  state: ControllerStatus['state'],
  reported: number | null,
  wanted: number | null = 3,
): ControllerStatus {
  const isHeard = state === 'answering' || reported !== null;
  return {
    controller: 'novastar',
    type: 'novastar',
    address: 'novastar://192.0.2.9:5200',
    outputs: ['screen'],
    state,
    reason: null,
    sinceMs: 0,
    wanted: { picture: 'normal', brightnessPercent: wanted },
    reading: isHeard ? { ...NOTHING_KNOWN, brightnessPercent: reported } : null,
    alarms: [],
    repairs: 0,
  };
}

/** By whom the screen is dimmed to 3 %, and what its pixels are sent with. */
function screenBehind(...controllers: ControllerStatus[]): unknown[] {
  const light = outputLights(3, lighted, controllers).find(({ output }) => output === 'screen');
  return [light?.by, light?.pixelPercent];
}

describe('the light of outputs', () => {
  it('is dimmed in pixels, but for what only keeps the picture', () => {
    expect(outputLights(40, { outputs, dimmedByController: [], silentWhenDark: [] }, [])).toEqual([
      { output: 'screen', by: 'pixels', percent: 40, pixelPercent: 40, isSilent: false },
      { output: 'door', by: 'pixels', percent: 40, pixelPercent: 40, isSilent: false },
      { output: 'record', by: 'nobody', percent: 100, pixelPercent: 100, isSilent: false },
    ]);
    expect(pixelSharesOf(40, { outputs, dimmedByController: [], silentWhenDark: [] }, [])).toEqual({
      screen: 0.4,
      door: 0.4,
      record: 1,
    });
  });

  it('is none at all, and no frame is sent, where that was asked for while the wall is dark on purpose', () => {
    const silent = (isDark: boolean): string[] =>
      outputLights(0, lighted, [], isDark)
        .filter(({ isSilent }) => isSilent)
        .map(({ output }) => output);
    expect(silent(true)).toEqual(['door']);
    expect(silent(false)).toEqual([]);
  });

  it('is left to a controller that obeys', () => {
    expect(screenBehind(controller('answering', 3))).toEqual(['controller', 100]);
    // Rounded to 255ths.
    expect(screenBehind(controller('answering', 3.1))).toEqual(['controller', 100]);
    expect(screenBehind(controller('answering', 1))).toEqual(['controller', 100]);
  });

  it('is dimmed in pixels as far as a controller is too bright, by what it said last', () => {
    expect(screenBehind(controller('answering', 100))).toEqual(['controller', 3]);
    expect(screenBehind(controller('answering', 12))).toEqual(['controller', 25]);
    expect(screenBehind(controller('unreachable', 100))).toEqual(['controller', 3]);
    expect(screenBehind(controller('unreachable', 3))).toEqual(['controller', 100]);
  });

  it('is dimmed in pixels while nothing is known of the controller, or it is not told yet', () => {
    expect(screenBehind()).toEqual(['pixels', 3]);
    expect(screenBehind(controller('waiting', null))).toEqual(['pixels', 3]);
    expect(screenBehind(controller('unreachable', null))).toEqual(['pixels', 3]);
    expect(screenBehind(controller('answering', 100, null))).toEqual(['pixels', 3]);
  });

  it('is left to a controller that takes commands and cannot say whether it obeys', () => {
    expect(screenBehind(controller('unconfirmed', null))).toEqual(['controller', 100]);
  });
});
