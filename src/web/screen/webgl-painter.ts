import { AMBIENT_COLUMNS, AMBIENT_ROWS, ambientLight } from './ambient.js';
import type { Painter, Picture } from './painter.js';
import { AMBIENT_UNIT, PICTURE_UNIT, Program, type Uniforms } from './program.js';
import { FAR_SHADER, NEAR_SHADER, STREET_SHADER, VERTEX_SHADER } from './shaders.js';
import type { View } from './view.js';

/** Up to here LEDs are not told apart. */
const FAR_UP_TO_PITCH_PX = 2.4;
/** What the wall throws on the street follows a few times a second: nobody sees more. */
const STREET_EVERY_MS = 250;

/** Draws with WebGL 2: the wall with every picture, the street around it when it changes; a texture for the LEDs. */
export class WebglPainter implements Painter {
  readonly name = 'webgl2';
  readonly #canvas: HTMLCanvasElement;
  readonly #gl: WebGL2RenderingContext;
  readonly #far: Program;
  readonly #near: Program;
  readonly #street: Program;
  readonly #textures: readonly WebGLTexture[];
  readonly #ambientBytes = new Uint8Array(AMBIENT_COLUMNS * AMBIENT_ROWS * 4);
  #size = { widthPx: 0, heightPx: 0 };
  #picture: Picture | null = null;
  #streetState = '';
  #streetDrawnAtMs = 0;

  /**
   * @param orSoftware whether to draw even where WebGL is computed by the processor
   * @throws Error where WebGL 2 is missing, only computed, or does not take the shaders
   */
  constructor(canvas: HTMLCanvasElement, orSoftware: boolean) {
    const gl = canvas.getContext('webgl2', {
      alpha: false,
      antialias: false,
      depth: false,
      powerPreference: 'high-performance',
      // The street stays from one picture to the next.
      preserveDrawingBuffer: true,
    });
    if (gl === null) throw new Error('WebGL 2 is not available');
    if (!orSoftware && isSoftware(gl)) throw new Error('WebGL 2 without a graphics card');
    this.#canvas = canvas;
    this.#gl = gl;
    this.#far = new Program(gl, VERTEX_SHADER, FAR_SHADER);
    this.#near = new Program(gl, VERTEX_SHADER, NEAR_SHADER);
    this.#street = new Program(gl, VERTEX_SHADER, STREET_SHADER);
    gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1);
    gl.enable(gl.SCISSOR_TEST);
    gl.bindVertexArray(gl.createVertexArray());
    this.#textures = [createTexture(gl, PICTURE_UNIT), createTexture(gl, AMBIENT_UNIT)];
    gl.texStorage2D(gl.TEXTURE_2D, 1, gl.RGBA8, AMBIENT_COLUMNS, AMBIENT_ROWS);
  }

  show(picture: Picture): void {
    const { widthPx, heightPx, rgb } = picture;
    const gl = this.#gl;
    this.#picture = picture;
    gl.activeTexture(gl.TEXTURE0 + PICTURE_UNIT);
    if (widthPx === this.#size.widthPx && heightPx === this.#size.heightPx) {
      gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, 0, widthPx, heightPx, gl.RGB, gl.UNSIGNED_BYTE, rgb);
    } else {
      gl.texImage2D(gl.TEXTURE_2D, 0, gl.SRGB8, widthPx, heightPx, 0, gl.RGB, gl.UNSIGNED_BYTE, rgb);
      this.#size = { widthPx, heightPx };
    }
  }

  draw(view: View, live: boolean): void {
    const { width, height } = this.#canvas;
    const { pitchPx, originX, originY } = view;
    const clamp = (value: number, maximum: number): number => Math.min(maximum, Math.max(0, Math.ceil(value - 0.5)));
    const left = clamp(originX, width);
    const top = clamp(originY, height);
    const right = clamp(originX + pitchPx * this.#size.widthPx, width);
    const bottom = clamp(originY + pitchPx * this.#size.heightPx, height);
    const uniforms: Uniforms = {
      canvas: [width, height],
      origin: [originX, originY],
      pitch: pitchPx,
      density: window.devicePixelRatio,
      live: live ? 1 : 0,
    };
    this.#gl.viewport(0, 0, width, height);
    if (this.#isStreetDue(uniforms)) {
      this.#updateAmbient();
      this.#street.use(uniforms);
      this.#street.paint(0, 0, width, top, height);
      this.#street.paint(0, bottom, width, height - bottom, height);
      this.#street.paint(0, top, left, bottom - top, height);
      this.#street.paint(right, top, width - right, bottom - top, height);
    }
    const wall = pitchPx <= FAR_UP_TO_PITCH_PX ? this.#far : this.#near;
    wall.use(uniforms);
    wall.paint(left, top, right - left, bottom - top, height);
  }

  close(): void {
    for (const texture of this.#textures) this.#gl.deleteTexture(texture);
    for (const program of [this.#far, this.#near, this.#street]) program.close();
  }

  #isStreetDue(uniforms: Uniforms): boolean {
    const state = JSON.stringify(uniforms);
    const nowMs = performance.now();
    if (state === this.#streetState && nowMs - this.#streetDrawnAtMs < STREET_EVERY_MS) return false;
    this.#streetState = state;
    this.#streetDrawnAtMs = nowMs;
    return true;
  }

  #updateAmbient(): void {
    if (this.#picture === null) return;
    const gl = this.#gl;
    const [columns, rows] = [AMBIENT_COLUMNS, AMBIENT_ROWS];
    ambientLight(this.#picture, this.#ambientBytes);
    gl.activeTexture(gl.TEXTURE0 + AMBIENT_UNIT);
    gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, 0, columns, rows, gl.RGBA, gl.UNSIGNED_BYTE, this.#ambientBytes);
  }
}

/** Shaders computed by the processor take more of it than the whole wall does; plain drawing takes a tenth. */
function isSoftware(gl: WebGL2RenderingContext): boolean {
  const names = gl.getExtension('WEBGL_debug_renderer_info');
  const renderer: unknown = gl.getParameter(names === null ? gl.RENDERER : names.UNMASKED_RENDERER_WEBGL);
  return /swiftshader|llvmpipe|softpipe|software|basic render/i.test(String(renderer));
}

function createTexture(gl: WebGL2RenderingContext, unit: number): WebGLTexture {
  const texture = gl.createTexture();
  gl.activeTexture(gl.TEXTURE0 + unit);
  gl.bindTexture(gl.TEXTURE_2D, texture);
  for (const side of [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T]) gl.texParameteri(gl.TEXTURE_2D, side, gl.CLAMP_TO_EDGE);
  for (const filter of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER]) {
    gl.texParameteri(gl.TEXTURE_2D, filter, gl.LINEAR);
  }
  return texture;
}
