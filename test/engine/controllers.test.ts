import { readFile, rename, writeFile } from 'node:fs/promises';
import { OBSWebSocket } from 'obs-websocket-js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestCardHall, type TestCardHall } from '../../scripts/bench/test-card-hall.js';
import type { VendorEvent, VendorRequestName, VendorResponse } from '../../src/control/vendor.js';
import { CloseStack } from '../../src/core/closing.js';
import { SimulatedNovastar } from '../../src/rehearsal/controller/simulated-novastar.js';
import { eventually } from '../eventually.js';

type Controller = VendorResponse<'GetControllers'>['controllers'][number];

describe('the service and the controller of its screen', () => {
  const closing = new CloseStack();
  const obs = new OBSWebSocket();
  const events: VendorEvent<'ControllerChanged'>[] = [];
  let hall: TestCardHall;
  let twin: SimulatedNovastar;

  beforeAll(async () => {
    twin = closing.add(await SimulatedNovastar.start({ cards: 12 }));
    hall = closing.add(
      await startTestCardHall({
        cameraCount: 1,
        gopFrames: 50,
        size: { widthPx: 320, heightPx: 180 },
        layouts: [{ id: 'one', name: 'one', cells: [{ source: 'camera-1', x: 0, y: 0, width: 320, height: 180 }] }],
      }),
    );
    await obs.connect(hall.wall.obsUrl);
    closing.defer(() => obs.disconnect());
    obs.on('VendorEvent', ({ eventType, eventData }) => {
      if (eventType === 'ControllerChanged') events.push(eventData as VendorEvent<'ControllerChanged'>);
    });
    // A configuration that changes while the wall runs brings its controllers.
    const configuration = JSON.parse(await readFile(hall.wall.file, 'utf8')) as Record<string, unknown>;
    const controllers = [
      {
        id: 'cabinets',
        type: 'novastar',
        host: '127.0.0.1',
        port: twin.port,
        chains: [{ port: 0, cards: 12 }],
        repair: { attempts: 2 },
      },
    ];
    await writeFile(`${hall.wall.file}.new`, JSON.stringify({ ...configuration, controllers }));
    await rename(`${hall.wall.file}.new`, hall.wall.file);
    await eventually(async () => expect(await controller()).toMatchObject({ state: 'answering' }), { timeout: 60_000 });
  }, 120_000);

  afterAll(() => closing.close());

  function call<Name extends VendorRequestName>(
    requestType: Name,
    requestData: Record<string, boolean> = {},
  ): Promise<VendorResponse<Name>> {
    return obs
      .call('CallVendorRequest', { vendorName: 'glasshall', requestType, requestData })
      .then(({ responseData }) => responseData as VendorResponse<Name>);
  }

  async function controller(): Promise<Controller | undefined> {
    return (await call('GetControllers')).controllers[0];
  }

  it('follow each other into a blackout and out of it', async () => {
    await call('SetBlackout', { on: true });
    await eventually(() => expect(twin.screen.state.black).toBe(true));
    await eventually(async () => expect(await controller()).toMatchObject({ reading: { black: true }, alarms: [] }));
    await call('SetBlackout', { on: false });
    await eventually(() => expect(twin.screen.state.black).toBe(false));
  });

  it('tell of a screen that is black though a picture is wanted, and send the picture again', async () => {
    await eventually(async () => expect(await controller()).toMatchObject({ reading: { black: false } }));
    twin.fault({ kind: 'deaf' });
    twin.screen.turn({ black: true });
    await eventually(async () =>
      expect(await controller()).toMatchObject({ alarms: [{ code: 'black', wanted: false, reported: true }] }),
    );
    expect(events.at(-1)).toMatchObject({ controller: 'cabinets', alarms: [{ code: 'black' }] });
    const metrics = await (await fetch(`${hall.wall.url}/metrics`)).text();
    expect(metrics).toContain('glasshall_controller_state{controller="cabinets",state="answering"} 1\n');
    expect(metrics).toContain('glasshall_controller_alarm{controller="cabinets",code="black"} 1\n');
    twin.fault({ kind: 'none' });
    await eventually(() => expect(twin.screen.state.black).toBe(false), { timeout: 30_000 });
    await eventually(async () => expect(await controller()).toMatchObject({ alarms: [], state: 'answering' }));
  }, 60_000);

  it('tell of a controller that is gone', async () => {
    await twin.close();
    await eventually(async () => expect(await controller()).toMatchObject({ state: 'unreachable', reason: 'refused' }));
    expect((await fetch(`${hall.wall.url}/readyz`)).status).toBe(200);
  });
});
