/** A decoded picture. `timeMs` is the server's epoch time at which it was composed or decoded. */
export type Picture = { readonly bitmap: ImageBitmap; readonly timeMs: number };

/** Decodes the pictures of one view, one at a time; of those that come meanwhile the newest wins. */
export type ViewPainter = {
  /** @param onDone called once, when the picture was painted or passed over */
  paint(jpeg: Uint8Array<ArrayBuffer>, timeMs: number, onDone: () => void): void;
};

type Waiting = { readonly jpeg: Uint8Array<ArrayBuffer>; readonly timeMs: number; readonly onDone: () => void };

export function createViewPainter(onPicture: (picture: Picture) => void): ViewPainter {
  let busy = false;
  let next: Waiting | null = null;

  const decode = async ({ jpeg, timeMs, onDone }: Waiting): Promise<void> => {
    busy = true;
    try {
      const bitmap = await createImageBitmap(new Blob([jpeg], { type: 'image/jpeg' }));
      onPicture({ bitmap, timeMs });
      bitmap.close();
    } catch (thrown) {
      // One broken picture is passed over; the age of the last good one says so on the page.
      console.warn('a picture could not be decoded', thrown);
    }
    onDone();
    busy = false;
    const waiting = next;
    next = null;
    if (waiting !== null) void decode(waiting);
  };

  return {
    paint: (jpeg, timeMs, onDone) => {
      if (!busy) {
        void decode({ jpeg, timeMs, onDone });
        return;
      }
      next?.onDone();
      next = { jpeg, timeMs, onDone };
    },
  };
}
