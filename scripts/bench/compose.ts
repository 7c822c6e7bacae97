import { spawn, type ChildProcess } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { CameraHall } from '../../src/rehearsal/camera/camera-hall.js';
import { silentLogger } from '../../src/core/logger.js';
import { benchCacheDirectory, startWall, type WallProcess } from './wall-process.js';
import { cpuSecondsOfTree } from './process-tree.js';
import { rounded } from './percentile.js';

/** Until every contender has its pictures; not measured. */
const WARM_UP_MS = 6_000;
const SECONDS = 20;
const CLIPS = ['lobby', 'windows-a', 'windows-b', 'waiting-area'] as const;
const GROUP_OF_PICTURES = 100;

/**
 * CPU seconds for 20 s of four live 1080p25 H.264 cameras on a 1280×720 wall with a running line, beside one ffmpeg with
 * `xstack`, GStreamer's `compositor`, and bare decoding. All pull the same simulated cameras over RTSP, in turn; the
 * steady state is measured, children included. GStreamer is let off the line of text: its overlay is in no package we need. Sending is left out: the peers write to nowhere, and so do we.
 */
export async function compose(print: (line: string) => void): Promise<Record<string, unknown>> {
  const hall = await CameraHall.start({
    cameras: CLIPS.map((clip, index) => ({
      id: `camera-${index + 1}`,
      name: clip,
      clip,
      username: 'viewer',
      password: 'bench-pass',
      gopFrames: GROUP_OF_PICTURES,
    })),
    cacheDirectory: benchCacheDirectory(),
    onProgress: () => undefined,
    log: silentLogger,
  });
  try {
    const addresses = hall.cameras.map((camera) => withCredentials(camera.rtspMain, camera.username, camera.password));
    const cpuDecodeOnly = await measureCommands(addresses.map((address) => decodeOnly(address)));
    print(`decode only              ${cpuDecodeOnly.toFixed(2)} CPU s`);
    const cpuXstack = await measureCommands([xstack(addresses)]);
    print(`ffmpeg xstack, area      ${cpuXstack.toFixed(2)} CPU s`);
    const cpuGstreamer = existsSync('/usr/bin/gst-launch-1.0') ? await measureCommands([gstreamer(addresses)]) : null;
    print(`GStreamer compositor     ${cpuGstreamer?.toFixed(2) ?? 'absent'} CPU s`);
    const cpuSeconds = await measureWall(hall);
    print(`glasshall                ${cpuSeconds.toFixed(2)} CPU s`);
    return {
      cpuSeconds: rounded(cpuSeconds),
      cpuXstack: rounded(cpuXstack),
      cpuGstreamer: cpuGstreamer === null ? null : rounded(cpuGstreamer),
      cpuDecodeOnly: rounded(cpuDecodeOnly),
      ratioToXstack: rounded(cpuSeconds / cpuXstack),
      ratioToDecodeOnly: rounded(cpuSeconds / cpuDecodeOnly),
    };
  } finally {
    await hall.close();
  }
}

async function measureWall(hall: CameraHall): Promise<number> {
  // Somebody has to be there, or the output would count as unreachable.
  const sink = createSocket('udp4').bind(0, '127.0.0.1');
  await once(sink, 'listening');
  const wall: WallProcess = await startWall({
    cameras: hall.cameras,
    size: { widthPx: 1280, heightPx: 720 },
    layouts: [
      {
        id: 'four',
        name: '四画面',
        cells: [
          { source: 'camera-1', x: 0, y: 0, width: 640, height: 360 },
          { source: 'camera-2', x: 640, y: 0, width: 640, height: 360 },
          { source: 'camera-3', x: 0, y: 360, width: 640, height: 360 },
          { source: 'camera-4', x: 640, y: 360, width: 640, height: 360 },
          { source: 'ticker', x: 0, y: 660, width: 1280, height: 60, z: 1 },
        ],
      },
    ],
    // One packet a frame: what is compared is composing.
    output: { host: '127.0.0.1', port: sink.address().port, area: { x: 0, y: 0, width: 16, height: 16 } },
    onlyMainStreams: true,
  });
  try {
    return await measure(() => cpuSecondsOfTree(wall.pid));
  } finally {
    await wall.close();
    sink.close();
  }
}

async function measureCommands(commands: readonly (readonly [string, readonly string[]])[]): Promise<number> {
  const children = commands.map(([command, args]) => spawn(command, args, { stdio: ['ignore', 'ignore', 'inherit'] }));
  try {
    return await measure(() => {
      const ended = children.find((child) => child.exitCode !== null);
      if (ended !== undefined) throw new Error(`${ended.spawnfile} ended early with status ${String(ended.exitCode)}`);
      return children.reduce((sum, child) => sum + cpuSecondsOfTree(child.pid ?? 0), 0);
    });
  } finally {
    await Promise.all(children.map(end));
  }
}

async function measure(read: () => number): Promise<number> {
  await sleep(WARM_UP_MS);
  const before = read();
  await sleep(SECONDS * 1_000);
  return read() - before;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

function decodeOnly(address: string): readonly [string, readonly string[]] {
  return ['ffmpeg', [...input(address), '-an', '-f', 'null', '-']];
}

function xstack(addresses: readonly string[]): readonly [string, readonly string[]] {
  const scaled = addresses.map((_, index) => `[${index}:v]scale=640:360:flags=area[v${index}]`).join(';');
  const stacked = `${addresses.map((_, index) => `[v${index}]`).join('')}xstack=inputs=4:layout=0_0|w0_0|0_h0|w0_h0[wall]`;
  const ticker = `[wall]drawtext=text='waiting 12  serving A047':fontsize=40:fontcolor=white:box=1:boxcolor=black:x=w-mod(t*80\\,w+tw):y=h-56[out]`;
  return [
    'ffmpeg',
    [
      ...addresses.flatMap(input),
      '-filter_complex',
      `${scaled};${stacked};${ticker}`,
      '-map',
      '[out]',
      '-pix_fmt',
      'rgb24',
      '-r',
      '25',
      '-f',
      'rawvideo',
      '-y',
      '/dev/null',
    ],
  ];
}

function gstreamer(addresses: readonly string[]): readonly [string, readonly string[]] {
  const pads = [
    ['sink_0::xpos=0', 'sink_0::ypos=0'],
    ['sink_1::xpos=640', 'sink_1::ypos=0'],
    ['sink_2::xpos=0', 'sink_2::ypos=360'],
    ['sink_3::xpos=640', 'sink_3::ypos=360'],
  ].flat();
  const words = ['-q', 'compositor', 'name=c', ...pads];
  words.push('!', 'video/x-raw,width=1280,height=720,framerate=25/1');
  words.push('!', 'videoconvert', '!', 'video/x-raw,format=RGB', '!', 'fakesink', 'sync=false');
  for (const address of addresses) {
    words.push('rtspsrc', `location=${address}`, 'protocols=tcp', 'latency=100', '!', 'rtph264depay', '!', 'h264parse');
    words.push('!', 'avdec_h264', '!', 'videoscale', '!', 'video/x-raw,width=640,height=360', '!', 'queue', '!', 'c.');
  }
  return ['gst-launch-1.0', words];
}

function input(address: string): string[] {
  return ['-nostdin', '-loglevel', 'error', '-rtsp_transport', 'tcp', '-i', address];
}

function withCredentials(address: string, username: string, password: string): string {
  return address.replace('rtsp://', `rtsp://${username}:${password}@`);
}
