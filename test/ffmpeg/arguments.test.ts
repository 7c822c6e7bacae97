import { describe, expect, it } from 'vitest';
import { decodeArguments } from '../../src/camera/decode/decode-arguments.js';
import { ingestArguments, ingestScript } from '../../src/camera/ingest/ingest-arguments.js';
import type { StreamInformation } from '../../src/camera/ingest/stream-information.js';
import { ffmpegArguments } from '../../src/ffmpeg/arguments.js';

const stream: StreamInformation = {
  widthPx: 1920,
  heightPx: 1080,
  family: 'h264',
  codec: 'avc1.640028',
  isInterlaced: false,
  colour: null,
  ticksPerSecond: 90_000,
};

describe('ffmpegArguments', () => {
  it('keeps the order that ffmpeg needs: options before their input, filters and options before their output', () => {
    const built = ffmpegArguments(
      [{ options: ['-f', 'lavfi'], source: 'testsrc=size=64x64' }],
      [
        {
          videoFilters: ["crop=w='min(iw,ih)'", 'format=rgb24'],
          options: ['-f', 'rawvideo', '-metadata', 'title=a b'],
          target: 'pipe:1',
        },
      ],
    );
    expect(built).toEqual([
      ...['-nostdin', '-hide_banner', '-loglevel', 'level+warning'],
      ...['-f', 'lavfi', '-i', 'testsrc=size=64x64'],
      ...['-filter:v', "crop=w='min(iw,ih)',format=rgb24", '-f', 'rawvideo', '-metadata', 'title=a b', 'pipe:1'],
    ]);
  });
});

describe('the command line of an ingest', () => {
  it('copies, one picture a fragment, and holds no address', () => {
    expect(ingestArguments('described')).toEqual([
      ...['-nostdin', '-hide_banner', '-loglevel', 'level+warning'],
      ...['-probesize', '32', '-analyzeduration', '0', '-protocol_whitelist', 'pipe,rtsp,rtp,tcp,udp,tls'],
      ...['-safe', '0', '-f', 'concat', '-i', 'pipe:0'],
      ...['-map', '0:v:0', '-c', 'copy', '-copyinkf', '-f', 'mp4'],
      ...['-movflags', 'frag_every_frame+empty_moov+default_base_moof', '-flush_packets', '1', 'pipe:1'],
    ]);
  });

  it('gives the address in a script that no address can break out of', () => {
    const script = ingestScript("rtsp://a:b'c@h/x\nfile 'evil'", 'udp', 'read');
    expect(script).toBe(
      "ffconcat version 1.0\nfile 'rtsp://a:b%27c@h/xfile %27evil%27'\noption rtsp_transport udp\noption timeout 15000000\n" +
        'option allowed_media_types video\noption probesize 200000\noption analyzeduration 500000\n',
    );
  });
});

describe('the command line of a decoder', () => {
  const fromDamaged = { skippedPictures: 0, givesDamaged: true };

  it('covers a cell from a larger stream', () => {
    expect(decodeArguments({ widthPx: 637, heightPx: 359 }, 'cover', stream)).toEqual([
      ...['-nostdin', '-hide_banner', '-loglevel', 'level+warning'],
      ...['-probesize', '50000', '-analyzeduration', '0', '-fpsprobesize', '0', '-flags', 'low_delay', '-threads', '1'],
      ...['-colorspace', 'bt709', '-f', 'mp4', '-i', 'pipe:0'],
      '-filter:v',
      "crop=w='min(iw,ih*637/359/sar)':h='min(ih,iw*sar/(637/359))',scale=w=637:h=359:flags=area,format=rgb24",
      ...[
        '-map',
        '0:v:0',
        '-fps_mode',
        'passthrough',
        '-threads',
        '1',
        '-pix_fmt',
        'rgb24',
        '-f',
        'rawvideo',
        'pipe:1',
      ],
    ]);
  });

  it('passes over what is only needed to begin', () => {
    const built = decodeArguments({ widthPx: 64, heightPx: 36 }, 'cover', stream, {
      skippedPictures: 99,
      givesDamaged: false,
    });
    expect(built[built.indexOf('-filter:v') + 1]).toMatch(/^select='gte\(n,99\)',crop=/);
  });

  it('joins the fields of an interlaced stream before it scales, and of no other', () => {
    const cell = { widthPx: 64, heightPx: 36 };
    const built = decodeArguments(cell, 'cover', { ...stream, isInterlaced: true }, fromDamaged);
    expect(built[built.indexOf('-filter:v') + 1]).toMatch(/^bwdif=mode=send_frame:deint=interlaced,crop=/);
    expect(decodeArguments(cell, 'cover', stream).join(' ')).not.toContain('dif');
  });

  it('gives out damaged pictures only where it is told to', () => {
    const cell = { widthPx: 64, heightPx: 36 };
    expect(decodeArguments(cell, 'cover', stream, fromDamaged)).toContain('low_delay+output_corrupt');
    expect(decodeArguments(cell, 'cover', stream).join(' ')).not.toContain('corrupt');
  });

  it('enlarges smoothly, and never drops what was read while probing', () => {
    const built = decodeArguments({ widthPx: 1921, heightPx: 1080 }, 'cover', stream);
    expect(built.join(' ')).toContain('flags=bicubic');
    expect(built.join(' ')).not.toContain('nobuffer');
  });

  it.each([
    [{ heightPx: 576 }, 'smpte170m'],
    [{ heightPx: 720 }, 'bt709'],
  ])('takes an untagged H.265 stream of %o for %s', (size, matrix) => {
    const built = decodeArguments({ widthPx: 64, heightPx: 36 }, 'contain', { ...stream, ...size, family: 'h265' });
    expect(built).not.toContain('-colorspace');
    expect(built.join(' ')).toContain(`in_color_matrix=${matrix}`);
  });
});
