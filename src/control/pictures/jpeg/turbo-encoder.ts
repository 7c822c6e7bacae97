import { addressOfBytes, libraryCalls } from '../../../core/c-library.js';
import type { Size } from '../../../core/geometry.js';
import { Planes } from './planes.js';
import { QUALITY, sizeWithin, type Jpeg, type JpegEncoder, type RgbPicture } from './encoder.js';

/** `enum FilterMode` of libyuv's scale.h: the mean of all that becomes one pixel, so that nothing shimmers. */
const FILTER_BOX = 3;
/** `enum TJSAMP` of turbojpeg.h: 4:2:0. */
const SUBSAMPLING_420 = 2;
/** `TJFLAG_NOREALLOC` of turbojpeg.h: the result goes where it is told to. */
const NO_REALLOCATION = 1024;

/** libyuv: convert_from_argb.h, scale.h. Pictures of R, G and B in this order are called RAW there, full-range BT.601 J420. */
const yuvDeclarations = {
  toPlanes:
    'int RAWToJ420(const void *rgb, int rgbStride, void *y, int yStride, void *u, int uStride, void *v, int vStride, int width, int height)',
  scale:
    'int I420Scale(const void *y, int yStride, const void *u, int uStride, const void *v, int vStride, int width, int height, void *toY, int toYStride, void *toU, int toUStride, void *toV, int toVStride, int toWidth, int toHeight, int filter)',
};

/** libjpeg-turbo: turbojpeg.h, the functions of version 2, which version 3 still has. */
const turboDeclarations = {
  open: 'uintptr_t tjInitCompress()',
  sizeAtMost: 'unsigned long tjBufSize(int width, int height, int subsampling)',
  compress:
    'int tjCompressFromYUVPlanes(uintptr_t handle, const void *planes, int width, const void *strides, int height, int subsampling, const void *jpeg, void *size, int quality, int flags)',
};

type Yuv = NonNullable<ReturnType<typeof libraryCalls<keyof typeof yuvDeclarations>>>;
type Turbo = NonNullable<ReturnType<typeof libraryCalls<keyof typeof turboDeclarations>>>;

/**
 * libyuv scales, libjpeg-turbo compresses: on the thread that asks, because both take less than handing the work to another
 * would. What they write into is kept, so that a picture costs no memory but its own bytes.
 */
export class TurboEncoder implements JpegEncoder {
  readonly name = 'libjpeg-turbo';
  readonly #yuv: Yuv;
  readonly #turbo: Turbo;
  readonly #handle: number;
  readonly #whole = new Planes();
  readonly #scaled = new Planes();
  #jpeg = Buffer.alloc(0);
  /** Where the address of `#jpeg` and its length are told, and the length of the result. */
  readonly #jpegAddress = new BigUint64Array(1);
  readonly #jpegBytes = new BigUint64Array(1);

  /** Null where the libraries are not installed. */
  static open(): TurboEncoder | null {
    const yuv = libraryCalls('libyuv.so.0', yuvDeclarations);
    const turbo = libraryCalls('libturbojpeg.so.0', turboDeclarations);
    if (yuv === null || turbo === null) return null;
    const handle = turbo.open();
    return handle === 0 ? null : new TurboEncoder(yuv, turbo, handle);
  }

  private constructor(yuv: Yuv, turbo: Turbo, handle: number) {
    this.#yuv = yuv;
    this.#turbo = turbo;
    this.#handle = handle;
  }

  encode(picture: RgbPicture, widthPx: number): Promise<Jpeg> {
    const size = sizeWithin(picture, widthPx);
    const planes = this.#convert(picture);
    const bytes = this.#compress(size.widthPx === picture.widthPx ? planes : this.#scale(planes, size));
    return Promise.resolve({ bytes, ...size });
  }

  #convert({ rgb, widthPx, heightPx }: RgbPicture): Planes {
    const planes = this.#whole;
    planes.fit({ widthPx, heightPx });
    const { y, u, v } = planes;
    this.#yuv.toPlanes(rgb, widthPx * 3, y, planes.yStride, u, planes.uvStride, v, planes.uvStride, widthPx, heightPx);
    return planes;
  }

  #scale(from: Planes, size: Size): Planes {
    const to = this.#scaled;
    to.fit(size);
    this.#yuv.scale(
      ...[from.y, from.yStride, from.u, from.uvStride, from.v, from.uvStride, from.widthPx, from.heightPx],
      ...[to.y, to.yStride, to.u, to.uvStride, to.v, to.uvStride, to.widthPx, to.heightPx],
      FILTER_BOX,
    );
    return to;
  }

  #compress(planes: Planes): Buffer {
    const { widthPx, heightPx } = planes;
    planes.pad();
    const mostBytes = this.#turbo.sizeAtMost(widthPx, heightPx, SUBSAMPLING_420);
    if (this.#jpeg.length < mostBytes) {
      this.#jpeg = Buffer.alloc(mostBytes);
      this.#jpegAddress[0] = BigInt(addressOfBytes(this.#jpeg));
    }
    this.#jpegBytes[0] = BigInt(this.#jpeg.length);
    const failure = this.#turbo.compress(
      ...[this.#handle, planes.addresses, widthPx, planes.strides, heightPx, SUBSAMPLING_420],
      ...[this.#jpegAddress, this.#jpegBytes, QUALITY, NO_REALLOCATION],
    );
    if (failure !== 0) throw new Error(`libjpeg-turbo could not compress ${widthPx}×${heightPx}`);
    return Buffer.from(this.#jpeg.subarray(0, Number(this.#jpegBytes[0])));
  }
}
