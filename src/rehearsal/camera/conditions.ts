/** What is wrong with the streams of a camera at the moment, the same for all who watch. */
export type StreamConditions = {
  /** Part of the packets that is lost on the way, 0 to 1. */
  dropFraction: number;
  /** Reports come, pictures do not. */
  isSilent: boolean;
  /** The content of packets is chance. */
  isGarbage: boolean;
  /** Half of every picture is missing. */
  isTruncated: boolean;
  /** Added to the time in RTP packets. */
  timestampOffsetMs: number;
  /** Added to the camera's own clock. */
  clockOffsetMs: number;
};

/** A camera with which nothing is wrong. */
export function goodConditions(): StreamConditions {
  return {
    dropFraction: 0,
    isSilent: false,
    isGarbage: false,
    isTruncated: false,
    timestampOffsetMs: 0,
    clockOffsetMs: 0,
  };
}
