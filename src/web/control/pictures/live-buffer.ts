import { createLiveEdge } from './live-edge.js';

/** What is played: a `<video>` that is fed with fragments as they come. */
export type LiveBuffer = {
  /** A stream begins; its pictures follow. @returns seconds to add to its own time, so that it stands after what was there */
  begin(segment: Uint8Array<ArrayBuffer>, firstSeconds: number): number;
  add(fragment: Uint8Array<ArrayBuffer>): void;
  close(): void;
};

/** What was shown stays for so long, and is then thrown away. */
const KEEP_SECONDS = 4;
/** More than this that has not been taken in: the player has stopped. */
const MOST_WAITING_BYTES = 16_777_216;

/**
 * Feeds a video element through Media Source Extensions.
 * @param type such as `video/mp4; codecs="avc1.64001f"`
 * @param onFailure called once, when the browser does not go on: everything is to be begun anew
 */
export function createLiveBuffer(video: HTMLVideoElement, type: string, onFailure: () => void): LiveBuffer {
  const source = new MediaSource();
  const url = URL.createObjectURL(source);
  const edge = createLiveEdge();
  let buffer: SourceBuffer | null = null;
  let waiting: Uint8Array<ArrayBuffer>[] = [];
  let waitingBytes = 0;
  /** Set with a new stream, until what it begins with is taken in. */
  let beginsAtSeconds: number | null = null;
  let closed = false;
  let offset = 0;
  let isFirst = true;

  const fail = (): void => {
    if (closed) return;
    close();
    onFailure();
  };

  const endSeconds = (): number => (video.buffered.length === 0 ? 0 : video.buffered.end(video.buffered.length - 1));

  /** Only one thing at a time can be done to the buffer; `updateend` leads to the next. */
  const work = (): void => {
    if (buffer === null || buffer.updating || source.readyState !== 'open') return;
    try {
      const [first] = waiting;
      if (first !== undefined) {
        const bytes = waiting.length === 1 ? first : joined(waiting, waitingBytes);
        waiting = [];
        waitingBytes = 0;
        buffer.appendBuffer(bytes);
        return;
      }
      const start = buffer.buffered.length === 0 ? Infinity : buffer.buffered.start(0);
      if (video.currentTime - start > 2 * KEEP_SECONDS) buffer.remove(start, video.currentTime - KEEP_SECONDS);
    } catch (thrown) {
      console.warn('live pictures could not be taken in', thrown);
      fail();
    }
  };

  const follow = (): void => {
    if (video.buffered.length === 0) return;
    const last = video.buffered.length - 1;
    const lagSeconds = endSeconds() - video.currentTime;
    const { seek, playbackRate } = edge.advise(lagSeconds);
    // A gap, or pictures of another time: what is shown has no continuation.
    const isElsewhere = video.currentTime < video.buffered.start(last) || lagSeconds < -1;
    const hasBegun = beginsAtSeconds !== null && endSeconds() > beginsAtSeconds;
    if (seek || isElsewhere || hasBegun) {
      video.currentTime = Math.max(video.buffered.start(last), endSeconds() - edge.aimSeconds);
      beginsAtSeconds = null;
    }
    if (video.playbackRate !== playbackRate) video.playbackRate = playbackRate;
    // It is muted, so it may; a browser that still does not want to is asked again with the next picture.
    if (video.paused) video.play().catch(() => undefined);
  };

  const onUpdate = (): void => {
    follow();
    work();
  };

  source.addEventListener('sourceopen', () => {
    if (closed) return;
    URL.revokeObjectURL(url);
    buffer = source.addSourceBuffer(type);
    buffer.addEventListener('updateend', onUpdate);
    buffer.addEventListener('error', fail);
    buffer.timestampOffset = offset;
    work();
  });
  video.addEventListener('error', fail);
  video.addEventListener('waiting', edge.onStall);
  video.src = url;

  const add = (bytes: Uint8Array<ArrayBuffer>): void => {
    waiting.push(bytes);
    waitingBytes += bytes.byteLength;
    if (waitingBytes > MOST_WAITING_BYTES) fail();
    else work();
  };

  function close(): void {
    if (closed) return;
    closed = true;
    video.removeEventListener('error', fail);
    video.removeEventListener('waiting', edge.onStall);
    buffer?.removeEventListener('updateend', onUpdate);
    video.removeAttribute('src');
    video.load();
    URL.revokeObjectURL(url);
  }

  return {
    begin: (segment, firstSeconds) => {
      const from = isFirst ? 0 : endSeconds() + 1;
      isFirst = false;
      offset = from - firstSeconds;
      beginsAtSeconds = from;
      waiting = [];
      waitingBytes = 0;
      if (buffer !== null) {
        // Ends what is being taken in, so that the offset may change.
        if (source.readyState === 'open') buffer.abort();
        buffer.timestampOffset = offset;
      }
      add(segment);
      return offset;
    },
    add,
    close,
  };
}

function joined(parts: readonly Uint8Array<ArrayBuffer>[], bytes: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(bytes);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.byteLength;
  }
  return whole;
}
