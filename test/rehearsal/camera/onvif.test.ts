import { createSocket } from 'node:dgram';
import { Cam } from 'onvif';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { CameraHall, HallCamera } from '../../../src/rehearsal/camera/camera-hall.js';
import { AWKWARD_PASSWORD, cameraAt, run, startTestCards } from './hall.js';

let hall: CameraHall;
let camera: HallCamera;

beforeAll(async () => {
  hall = await startTestCards(2);
  camera = cameraAt(hall, 0);
}, 120_000);

afterEach(() => hall.fault('card-1', { kind: 'none' }));
afterAll(() => hall.close());

/** The parts of the npm client `onvif` that are used here. */
type Client = {
  readonly profiles?: {
    readonly $: { readonly token: string };
    readonly name: string;
    readonly videoEncoderConfiguration: {
      readonly encoding: string;
      readonly resolution: object;
      readonly H264: object;
    };
  }[];
  getStreamUri(options: object, done: (failure: Error | null, stream: { uri: string }) => void): void;
  getSnapshotUri(options: object, done: (failure: Error | null, snapshot: { uri: string }) => void): void;
  setSynchronizationPoint(options: object, done: (failure: Error | null, nothing: null) => void): void;
  getDeviceInformation(done: (failure: Error | null, information: { serialNumber: string }) => void): void;
};

function connectClient(password: string): Promise<Client> {
  const [hostname, port] = camera.onvifAddress.split(':');
  return new Promise((resolve, reject) => {
    const options = {
      hostname: hostname ?? '',
      port: Number(port),
      username: camera.username,
      password,
      timeout: 5_000,
    };
    const client = new Cam(options, (failure: Error | null | undefined) => {
      if (failure === null || failure === undefined) resolve(client as unknown as Client);
      else reject(failure);
    });
  });
}

function ask<T>(call: (done: (failure: Error | null, value: T) => void) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    call((failure, value) => (failure ? reject(failure) : resolve(value)));
  });
}

describe('a client that we did not write', () => {
  it('lists profiles and their addresses', async () => {
    const client = await connectClient(AWKWARD_PASSWORD);
    expect(client.profiles).toMatchObject([
      {
        $: { token: 'main' },
        videoEncoderConfiguration: {
          encoding: 'H264',
          resolution: { width: 1920, height: 1080 },
          H264: { govLength: 25 },
        },
      },
      {
        $: { token: 'sub' },
        videoEncoderConfiguration: {
          encoding: 'H264',
          resolution: { width: 640, height: 360 },
          H264: { govLength: 25 },
        },
      },
    ]);
    const stream = await ask<{ uri: string }>((done) =>
      client.getStreamUri({ protocol: 'RTSP', profileToken: 'sub' }, done),
    );
    expect(stream.uri).toBe(camera.rtspSub);
    const information = await ask<{ serialNumber: string }>((done) => client.getDeviceInformation(done));
    expect(information.serialNumber).toBe('card-1');
  });

  it('may ask for a key picture of a profile that there is', async () => {
    const client = await connectClient(AWKWARD_PASSWORD);
    const request = (profileToken: string): Promise<null> =>
      ask<null>((done) => client.setSynchronizationPoint({ profileToken }, done));
    expect(await request('sub')).toBeNull();
    await expect(request('another')).rejects.toThrow('names nothing');
  });

  it('gets a snapshot with digest authentication, and none without', async () => {
    const client = await connectClient(AWKWARD_PASSWORD);
    const { uri } = await ask<{ uri: string }>((done) => client.getSnapshotUri({ profileToken: 'sub' }, done));
    const address = uri.replace('http://', `http://viewer:${encodeURIComponent(AWKWARD_PASSWORD)}@`);
    const fetched = await run('ffmpeg', [
      '-loglevel',
      'error',
      '-f',
      'mjpeg',
      '-i',
      address,
      '-c',
      'copy',
      '-f',
      'mjpeg',
      '-',
    ]);
    expect(await sharp(fetched.output).metadata()).toMatchObject({ format: 'jpeg', width: 640, height: 360 });
    const stranger = await fetch(uri);
    expect(stranger.status).toBe(401);
    expect(stranger.headers.get('www-authenticate')).toMatch(/^Digest .*qop="auth"/);
  });

  it('is refused with a wrong password', async () => {
    await expect(connectClient('wrong')).rejects.toThrow('Sender not authorized');
  });

  it('copes with a camera whose clock is a day ahead, because the camera tells the time to everybody', async () => {
    await hall.fault('card-1', { kind: 'clock', offsetMs: 86_400_000 });
    const client = await connectClient(AWKWARD_PASSWORD);
    expect(client.profiles).toHaveLength(2);
  });
});

describe('the device service', () => {
  const envelope = (body: string): string =>
    `<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body>${body}</s:Body></s:Envelope>`;
  const post = (body: string): Promise<Response> =>
    fetch(`http://${camera.onvifAddress}/onvif/device_service`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/soap+xml; charset=utf-8' },
      body,
    });

  it('faults with the code of ONVIF where no token is given', async () => {
    const response = await post(envelope('<GetDeviceInformation xmlns="http://www.onvif.org/ver10/device/wsdl"/>'));
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('ter:NotAuthorized');
  });

  it('refuses what is not well-formed, has a document type, or is too long', async () => {
    expect((await post('<a><b></a>')).status).toBe(400);
    expect((await post('<!DOCTYPE x [<!ENTITY a "b">]><a/>')).status).toBe(400);
    expect((await post(envelope('x'.repeat(100_000)))).status).toBe(413);
    expect((await fetch(`http://${camera.onvifAddress}/anything`)).status).toBe(404);
  });
});

describe('discovery', () => {
  it('answers a probe on the loopback interface, once for every camera that is on', async () => {
    await hall.fault('card-2', { kind: 'stop' });
    const answers = await probe();
    await hall.fault('card-2', { kind: 'start' });
    expect(answers.some((answer) => answer.includes(`http://${camera.onvifAddress}/onvif/device_service`))).toBe(true);
    expect(answers.some((answer) => answer.includes(`http://${cameraAt(hall, 1).onvifAddress}/`))).toBe(false);
  });
});

const MESSAGE_ID = 'urn:uuid:0a6dc791-2be6-4991-9af1-454778a1917a';

/** Sends a probe by hand and gives the answers that belong to it. */
async function probe(): Promise<string[]> {
  const socket = createSocket('udp4');
  const answers: string[] = [];
  socket.on('message', (message) => {
    const text = message.toString('utf8');
    if (text.includes(`RelatesTo>${MESSAGE_ID}<`)) answers.push(text);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  socket.setMulticastInterface('127.0.0.1');
  const message =
    '<e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope" xmlns:w="http://schemas.xmlsoap.org/ws/2004/08/addressing" ' +
    'xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery" xmlns:dn="http://www.onvif.org/ver10/network/wsdl"><e:Header>' +
    `<w:MessageID>${MESSAGE_ID}</w:MessageID><w:To>urn:schemas-xmlsoap-org:ws:2005:04:discovery</w:To>` +
    '<w:Action>http://schemas.xmlsoap.org/ws/2005/04/discovery/Probe</w:Action></e:Header>' +
    '<e:Body><d:Probe><d:Types>dn:NetworkVideoTransmitter</d:Types></d:Probe></e:Body></e:Envelope>';
  for (let attempt = 0; attempt < 3; attempt += 1) {
    socket.send(message, 3_702, '239.255.255.250');
    await new Promise((resolve) => setTimeout(resolve, 400));
  }
  socket.close();
  return answers;
}
